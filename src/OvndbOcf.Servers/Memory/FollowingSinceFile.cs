using System.Globalization;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when a backup has been seen following by the same connections. A change of its file after that came from the active server, one
/// before may be its own first dump.
/// It lies where resource agents keep their run-time state, so a reboot clears it.
/// </summary>
public sealed class FollowingSinceFile
{
    private readonly StateFile _file;

    /// <summary>The note of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public FollowingSinceFile(string directory, string resource) => _file = new StateFile(directory, resource, "following");

    /// <summary>Notes that it follows that promotion by those connections now; false if that is noted already, or cannot be.</summary>
    public bool Write(Guid promotion, string connections, DateTimeOffset now)
    {
        if (Read() is ({ } noted, _) && noted == $"{promotion:D} {connections}")
        {
            return false;
        }

        // Where that is not possible, nothing is known of changes after it.
        return _file.Write(string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}\n{promotion:D} {connections}"));
    }

    /// <summary>A change if it surely came from the active server of that promotion; null otherwise.</summary>
    public DateTimeOffset? Proven(Guid? promotion, DateTimeOffset? change) =>
        promotion is { } id && Read() is ({ } noted, var since) && noted.StartsWith($"{id:D} ", StringComparison.Ordinal) && change > since
            ? change
            : null;

    /// <summary>Since when it has been noted to follow that promotion by those connections; null if that is not noted.</summary>
    public DateTimeOffset? Of(Guid promotion, string connections) =>
        Read() is ({ } noted, var since) && noted == $"{promotion:D} {connections}" ? since : null;

    private (string? Noted, DateTimeOffset Since) Read() =>
        _file.Read()?.Split('\n', 2) is [var time, var noted]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
        && since <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? (noted, DateTimeOffset.FromUnixTimeMilliseconds(since))
            : default;
}
