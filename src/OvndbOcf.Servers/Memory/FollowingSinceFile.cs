namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when a backup has been seen following by the same connections. A change of its file after that came from the active server, one
/// before may be its own first dump.
/// </summary>
internal sealed class FollowingSinceFile(StateFile file)
{
    /// <summary>Notes that it follows that promotion by those connections now; false if that is noted already, or cannot be.</summary>
    public bool Write(Guid promotion, string connections, DateTimeOffset now)
    {
        if (Read() is ({ } noted, _) && noted == $"{promotion:D} {connections}")
        {
            return false;
        }

        // Where that is not possible, nothing is known of changes after it.
        return file.Write(now.ToUnixTimeMilliseconds(), $"{promotion:D} {connections}");
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
        file.ReadTimed() is (var since, { } noted) && since <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? (noted, DateTimeOffset.FromUnixTimeMilliseconds(since))
            : default;
}
