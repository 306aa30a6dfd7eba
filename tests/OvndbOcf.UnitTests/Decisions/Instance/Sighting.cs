using OvndbOcf.Decisions.Instance;

namespace OvndbOcf.UnitTests.Decisions.Instance;

/// <summary>Everything that a server can be seen as, as far as decisions depend on it; each has a letter for the tables.</summary>
internal static class Sighting
{
    public const string Letters = "NARWCcFHU";

    public static ServerObservation Of(char letter) =>
        letter switch
        {
            'N' => new(ServerState.NotRunning, null, ""),
            'A' => new(ServerState.Active, null, ""),
            'R' => new(ServerState.Replicating, "tcp:10.0.0.9:6641", ""),

            // A backup that waits at the address that never answers, one that is cut off, and one that does not say from what.
            'W' => new(ServerState.Disconnected, "tcp:192.0.2.254:6641", ""),
            'C' => new(ServerState.Disconnected, "ssl:[2001:db8::9]:6641", ""),
            'c' => new(ServerState.Disconnected, null, ""),
            'F' => new(ServerState.ReplicationFailed, "tcp:10.0.0.9:6641", "replication failed"),
            'H' => new(ServerState.Hung, null, "process 7 is stopped by a signal"),
            'U' => new(ServerState.Unclear, null, "no usable answer"),
            _ => throw new ArgumentOutOfRangeException(nameof(letter)),
        };

    /// <summary>Every pair, Northbound first.</summary>
    public static IEnumerable<(char Northbound, char Southbound)> Pairs =>
        from northbound in Letters
        from southbound in Letters
        select (northbound, southbound);
}
