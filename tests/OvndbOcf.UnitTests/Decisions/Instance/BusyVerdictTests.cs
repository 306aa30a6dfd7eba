using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class BusyVerdictTests
{
    /// <summary>
    /// What is expected, the Northbound server, and a letter for each state of the Southbound one: P promoted, U unpromoted, a point where the instance is judged as it is seen.
    /// </summary>
    public static TheoryData<ExpectedRole, ServerState, string> Table =>
        new()
        {
            { ExpectedRole.Promoted, ServerState.NotRunning, "........" },
            { ExpectedRole.Promoted, ServerState.Active, ".....P.." },
            { ExpectedRole.Promoted, ServerState.Replicating, "........" },
            { ExpectedRole.Promoted, ServerState.Disconnected, "........" },
            { ExpectedRole.Promoted, ServerState.ReplicationFailed, "........" },
            { ExpectedRole.Promoted, ServerState.Busy, ".P...P.." },
            { ExpectedRole.Promoted, ServerState.Hung, "........" },
            { ExpectedRole.Promoted, ServerState.Unclear, "........" },
            { ExpectedRole.Unpromoted, ServerState.NotRunning, "........" },
            { ExpectedRole.Unpromoted, ServerState.Active, "........" },
            { ExpectedRole.Unpromoted, ServerState.Replicating, ".....U.." },
            { ExpectedRole.Unpromoted, ServerState.Disconnected, ".....U.." },
            { ExpectedRole.Unpromoted, ServerState.ReplicationFailed, ".....U.." },
            { ExpectedRole.Unpromoted, ServerState.Busy, "..UUUU.." },
            { ExpectedRole.Unpromoted, ServerState.Hung, "........" },
            { ExpectedRole.Unpromoted, ServerState.Unclear, "........" },
            { ExpectedRole.Unknown, ServerState.NotRunning, "........" },
            { ExpectedRole.Unknown, ServerState.Active, ".....P.." },
            { ExpectedRole.Unknown, ServerState.Replicating, ".....U.." },
            { ExpectedRole.Unknown, ServerState.Disconnected, ".....U.." },
            { ExpectedRole.Unknown, ServerState.ReplicationFailed, ".....U.." },
            { ExpectedRole.Unknown, ServerState.Busy, ".PUUU..." },
            { ExpectedRole.Unknown, ServerState.Hung, "........" },
            { ExpectedRole.Unknown, ServerState.Unclear, "........" },
        };

    [Fact]
    public void The_table_is_complete() =>
        Assert.Equal(
            from expected in Enum.GetValues<ExpectedRole>()
            from northbound in Enum.GetValues<ServerState>()
            orderby expected, northbound
            select (expected, northbound),
            Table.Select(row => (row.Data.Item1, row.Data.Item2)).Order()
        );

    [Theory]
    [MemberData(nameof(Table))]
    public void While_a_server_is_busy_the_instance_is_what_it_was_unless_the_other_says_otherwise(
        ExpectedRole expected,
        ServerState northbound,
        string codes
    )
    {
        var states = Enum.GetValues<ServerState>();
        Assert.Equal(states.Length, codes.Length);
        for (var i = 0; i < states.Length; i++)
        {
            OcfExitCode? code = codes[i] switch
            {
                'P' => OcfExitCode.Promoted,
                'U' => OcfExitCode.Success,
                _ => null,
            };
            Assert.Equal(code, BusyVerdict.For(Seen(northbound), Seen(states[i]), expected, TimeSpan.Zero));
            Assert.Equal(
                code,
                BusyVerdict.For(Seen(northbound), Seen(states[i]), expected, BusyVerdict.MaxBusy - TimeSpan.FromMilliseconds(1))
            );
            Assert.Null(BusyVerdict.For(Seen(northbound), Seen(states[i]), expected, BusyVerdict.MaxBusy));
        }
    }

    private static ServerObservation Seen(ServerState state) => new(state, null, string.Empty);
}
