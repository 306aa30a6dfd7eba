using OvndbOcf.Decisions.Timing;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when something holds that is worth reporting only where it lasts, such as that a backup is without its source: it loses that at every failover and finds the next one within seconds,
/// and a monitor that waited to find out would hold up the promotion that ends it.
/// </summary>
internal sealed class ConditionTimer(StateFile file)
{
    /// <summary>Takes in whether it holds now; for how long it has, zero if it does not.</summary>
    public TimeSpan Update(bool holds)
    {
        if (!holds)
        {
            file.Delete();
            return TimeSpan.Zero;
        }

        var now = Environment.TickCount64;
        if (Since() is { } since && since <= now)
        {
            return TimeSpan.FromMilliseconds(now - since);
        }

        // Without a record, what is seen has to count as it is.
        return file.Write(now, null) ? TimeSpan.Zero : Disconnection.Lasting;
    }

    /// <summary>Whether what was noted last has lasted for so long.</summary>
    public bool HasLasted(TimeSpan time) => Since() is { } since && Environment.TickCount64 - since >= time.TotalMilliseconds;

    private long? Since() => file.ReadTimed() is (var since, null) ? since : null;
}
