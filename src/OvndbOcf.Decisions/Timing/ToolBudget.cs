namespace OvndbOcf.Decisions.Timing;

/// <summary>How an action's time is divided between its own work and the calls of the cluster's tools. Pure.</summary>
public static class ToolBudget
{
    private const double ShareOfCall = 0.8;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What an action keeps of its timeout to report in before Pacemaker kills it: a tenth, from half a second to three.</summary>
    public static TimeSpan Reserve(TimeSpan timeout) => TimeSpan.FromMilliseconds(Math.Clamp(timeout.TotalMilliseconds / 10, 500, 3000));

    /// <summary>
    /// How long one call may take: four fifths of what is left before the deadline, 5 s at most, and at least a third of the reserve. So a tool that hangs leaves time for what comes behind it, and after the
    /// deadline there is time for three calls of the last word.
    /// </summary>
    /// <param name="remaining">What is left before the deadline.</param>
    /// <param name="reserve">The action's reserve behind it.</param>
    public static TimeSpan For(TimeSpan remaining, TimeSpan reserve)
    {
        var least = TimeSpan.FromMilliseconds(Math.Floor(reserve.TotalMilliseconds / 3));
        var share = remaining * ShareOfCall;
        return share < least ? least
            : share > CallTimeout ? CallTimeout
            : share;
    }
}
