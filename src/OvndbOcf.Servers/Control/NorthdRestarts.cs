using System.Globalization;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Remembers when ovn-northd had to be started again, to tell one death, which needs nobody, from a northd that cannot live, which somebody has to look at.
/// The databases stay where they are either way: what makes it die is mostly in them, and would make it die on every node.
/// The file lies where resource agents keep their run-time state, so a reboot clears it.
/// </summary>
public sealed class NorthdRestarts
{
    /// <summary>From how many restarts within <see cref="Window"/> on they are many.</summary>
    public const int Many = 3;

    /// <summary>How long a restart counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly StateFile _file;

    /// <summary>The record of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public NorthdRestarts(string directory, string resource) => _file = new StateFile(directory, resource, "northd");

    /// <summary>Whether there were many lately.</summary>
    public bool AreMany => Recent(_file.Read(), Environment.TickCount64).Count >= Many;

    /// <summary>Notes one. Where that is not possible, northd is started again all the same, and nobody is told that it was not the first time.</summary>
    public void Note()
    {
        var now = Environment.TickCount64;
        _file.Write(string.Join(' ', Recent(_file.Read(), now).TakeLast(Many - 1).Append(now).Select(time => time.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Those of the noted moments (milliseconds since the machine was started) that count now.</summary>
    internal static IReadOnlyList<long> Recent(string? text, long now) =>
    [
        .. (text ?? "").Split(' ').Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : -1)
            .Where(time => time >= 0 && time <= now && now - time < Window.TotalMilliseconds),
    ];
}
