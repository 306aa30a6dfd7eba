using System.Globalization;
using OvndbOcf.Decisions.Timing;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when something holds that is worth reporting only where it lasts, such as that a backup is without its source: it loses that at every failover and finds the next one within seconds,
/// and a monitor that waited to find out would hold up the promotion that ends it. The file lies where resource agents keep their run-time state, so a reboot clears it.
/// </summary>
public sealed class ConditionTimer
{
    private readonly StateFile _file;

    /// <summary>The timer of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="kind">What holds.</param>
    public ConditionTimer(string directory, string resource, string kind = "disconnected") =>
        _file = new StateFile(directory, resource, kind);

    /// <summary>Takes in whether it holds now; for how long it has, zero if it does not.</summary>
    public TimeSpan Update(bool holds)
    {
        if (!holds)
        {
            _file.Delete();
            return TimeSpan.Zero;
        }

        var now = Environment.TickCount64;
        if (Since() is { } since && since <= now)
        {
            return TimeSpan.FromMilliseconds(now - since);
        }

        // Without a record, what is seen has to count as it is.
        return _file.Write(now.ToString(CultureInfo.InvariantCulture)) ? TimeSpan.Zero : Disconnection.Lasting;
    }

    /// <summary>Whether what was noted last has lasted for so long.</summary>
    public bool HasLasted(TimeSpan time) => Since() is { } since && Environment.TickCount64 - since >= time.TotalMilliseconds;

    private long? Since() => long.TryParse(_file.Read(), NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null;
}
