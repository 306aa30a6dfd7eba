namespace OvndbOcf.Decisions.Timing;

/// <summary>How long a backup may be without its source before that means anything.</summary>
public static class Disconnection
{
    /// <summary>From when on a disconnection counts as lasting: longer than an active server's failure, its detection and the failover take.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(20);
}
