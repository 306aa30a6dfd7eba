using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ocf;

namespace OvndbOcf.UnitTests.Decisions.Instance;

/// <summary>One case of the agent's central decision.</summary>
internal sealed record Circumstances(
    char Northbound,
    char Southbound,
    NorthdState Northd,
    ExpectedRole Expected,
    bool DisconnectionLasts,
    bool TakesDegraded
)
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Circumstances> All =>
        from pair in Sighting.Pairs
        from northd in Enum.GetValues<NorthdState>()
        from expected in Enum.GetValues<ExpectedRole>()
        from lasts in (bool[])[false, true]
        from degraded in (bool[])[false, true]
        select new Circumstances(pair.Northbound, pair.Southbound, northd, expected, lasts, degraded);

    public InstanceState State =>
        InstanceEvaluator.Evaluate(Sighting.Of(Northbound), Sighting.Of(Southbound), Northd, Expected, DisconnectionLasts);

    public OcfExitCode Code =>
        InstanceEvaluator.MonitorCode(State, Sighting.Of(Northbound), Sighting.Of(Southbound), Expected, TakesDegraded);

    public bool Sees(string letters) =>
        letters.Contains(Northbound, StringComparison.Ordinal) || letters.Contains(Southbound, StringComparison.Ordinal);

    public bool SeesOnly(string letters) =>
        letters.Contains(Northbound, StringComparison.Ordinal) && letters.Contains(Southbound, StringComparison.Ordinal);
}

/// <summary>What has to come of each case, written down by hand.</summary>
internal static class EvaluationTable
{
    // Rows are the Northbound server, columns the Southbound one, in the order of Sighting.Letters.
    //   .  nothing runs                          b  a backup as it should be
    //   d  a backup that is degraded if it lasts D  a backup that is degraded
    //   P  promoted                              h  half promoted
    //   f  failed, nobody can be active          a  failed, an active server was seen
    //   x  failed, and who is active is unknown
    private static readonly string[] Table =
    [
        //   NARWCcFHU
        /*N*/".afffffxx",
        /*A*/"aPhhhhhaa",
        /*R*/"fhbbddDxx",
        /*W*/"fhbbddDxx",
        /*C*/"fhddddDxx",
        /*c*/"fhddddDxx",
        /*F*/"fhDDDDDxx",
        /*H*/"xaxxxxxxx",
        /*U*/"xaxxxxxxx",
    ];

    /// <summary>The case's letter.</summary>
    public static char Letter(Circumstances seen) =>
        Table[Sighting.Letters.IndexOf(seen.Northbound, StringComparison.Ordinal)][
            Sighting.Letters.IndexOf(seen.Southbound, StringComparison.Ordinal)
        ];

    /// <summary>The exit codes of a failure when nothing, unpromoted and promoted is expected.</summary>
    private static int Failure(ExpectedRole expected, int[] codes) => codes[(int)expected];

    /// <summary>The exit code that monitor has to return.</summary>
    public static int Code(Circumstances seen)
    {
        var leftNorthd =
            seen.Northd
            is NorthdState.Running
                or NorthdState.Hung
                or NorthdState.DiesRepeatedly
                or NorthdState.Paused
                or NorthdState.Disconnected
                or NorthdState.Misdirected;
        var missesNorthd =
            seen.Northd
            is NorthdState.NotRunning
                or NorthdState.Hung
                or NorthdState.DiesRepeatedly
                or NorthdState.Paused
                or NorthdState.Disconnected
                or NorthdState.Misdirected;
        return (Letter(seen), seen.TakesDegraded) switch
        {
            ('.', _) => leftNorthd ? Failure(seen.Expected, [7, 1, 9]) : 7,
            ('b', _) => 0,
            ('d', true) => seen.DisconnectionLasts ? 190 : 0,
            ('D', true) => 190,
            ('d' or 'D', false) => 0,
            ('P', true) => missesNorthd ? 191 : 8,
            ('P', false) => 8,
            ('h' or 'a', _) => 9,
            ('f', _) => Failure(seen.Expected, [1, 1, 9]),
            _ => Failure(seen.Expected, [9, 1, 9]),
        };
    }

    /// <summary>The state that has to be found.</summary>
    public static InstanceState State(Circumstances seen) =>
        Letter(seen) switch
        {
            '.' when seen.Expected == ExpectedRole.Unknown || seen.Northd is NorthdState.NotManaged or NorthdState.NotRunning =>
                InstanceState.Stopped,
            'b' => InstanceState.Unpromoted,
            'd' => seen.DisconnectionLasts ? InstanceState.UnpromotedDegraded : InstanceState.Unpromoted,
            'D' => InstanceState.UnpromotedDegraded,
            'P' when seen.Northd is NorthdState.NotManaged or NorthdState.Running => InstanceState.Promoted,
            'P' => InstanceState.PromotedWithoutNorthd,
            'h' => InstanceState.HalfPromoted,
            _ => InstanceState.Failed,
        };
}
