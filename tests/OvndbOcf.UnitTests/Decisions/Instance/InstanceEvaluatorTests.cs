using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class InstanceEvaluatorTests
{
    [Fact]
    public void Every_combination_is_enumerated() => Assert.Equal(9 * 9 * 8 * 3 * 2 * 2, Circumstances.All.Distinct().Count());

    [Fact]
    public void Every_combination_has_the_code_of_the_table() =>
        Assert.DoesNotContain(Circumstances.All, seen => (int)seen.Code != EvaluationTable.Code(seen));

    [Fact]
    public void Every_combination_has_the_state_of_the_table() =>
        Assert.DoesNotContain(Circumstances.All, seen => seen.State != EvaluationTable.State(seen));

    [Fact]
    public void Not_running_means_that_neither_server_runs() => Holds(seen => seen.Code != OcfExitCode.NotRunning || seen.SeesOnly("N"));

    [Fact]
    public void Where_a_promoted_instance_is_expected_no_failure_is_plain() =>
        Holds(seen => seen.Expected != ExpectedRole.Promoted || seen.Code != OcfExitCode.GenericError);

    [Fact]
    public void Where_an_active_server_is_seen_no_failure_is_plain() =>
        Holds(seen => !seen.Sees("A") || seen.Code is OcfExitCode.Promoted or OcfExitCode.DegradedPromoted or OcfExitCode.PromotedFailed);

    [Fact]
    public void A_hung_or_unclear_server_is_always_a_failure() =>
        Holds(seen => !seen.Sees("HU") || seen.Code is OcfExitCode.GenericError or OcfExitCode.PromotedFailed);

    [Fact]
    public void A_probe_that_cannot_tell_who_is_active_assumes_the_worst() =>
        Holds(seen => !(seen.Sees("HU") && seen.Expected == ExpectedRole.Unknown) || seen.Code == OcfExitCode.PromotedFailed);

    [Fact]
    public void One_dead_server_is_always_a_failure() =>
        Holds(seen => !seen.Sees("N") || seen.SeesOnly("N") || seen.Code is OcfExitCode.GenericError or OcfExitCode.PromotedFailed);

    [Fact]
    public void Promoted_means_that_both_servers_are_active() =>
        Holds(seen => seen.Code is not (OcfExitCode.Promoted or OcfExitCode.DegradedPromoted) || seen.SeesOnly("A"));

    [Fact]
    public void Unpromoted_means_that_both_servers_are_backups() =>
        Holds(seen => seen.Code is not (OcfExitCode.Success or OcfExitCode.Degraded) || seen.SeesOnly("RWCcF"));

    [Fact]
    public void An_active_server_beside_a_backup_is_a_promoted_failure() =>
        Holds(seen => !(seen.Sees("A") && seen.Sees("RWCcF")) || seen.Code == OcfExitCode.PromotedFailed);

    [Fact]
    public void A_Pacemaker_that_does_not_know_the_degraded_codes_never_gets_them() =>
        Holds(seen => seen.TakesDegraded || seen.Code is not (OcfExitCode.Degraded or OcfExitCode.DegradedPromoted));

    [Fact]
    public void Degraded_codes_do_not_change_what_is_a_failure() =>
        Holds(seen =>
            (seen with { TakesDegraded = true }).Code switch
            {
                OcfExitCode.Degraded => (seen with { TakesDegraded = false }).Code == OcfExitCode.Success,
                OcfExitCode.DegradedPromoted => (seen with { TakesDegraded = false }).Code == OcfExitCode.Promoted,
                var code => (seen with { TakesDegraded = false }).Code == code,
            }
        );

    [Fact]
    public void Only_the_codes_that_monitor_may_return_are_returned() =>
        Holds(seen => (int)seen.Code is 0 or 1 or 7 or 8 or 9 or 190 or 191);

    [Fact]
    public void It_makes_no_difference_which_of_the_servers_it_is() =>
        Holds(seen => seen.Code == (seen with { Northbound = seen.Southbound, Southbound = seen.Northbound }).Code);

    [Fact]
    public void A_dead_northd_never_fails_healthy_databases() =>
        Holds(seen => !seen.SeesOnly("A") || seen.Code is OcfExitCode.Promoted or OcfExitCode.DegradedPromoted);

    [Fact]
    public void Northd_is_no_concern_of_a_backup() =>
        Holds(seen => !seen.SeesOnly("RWCcF") || seen.Code == (seen with { Northd = NorthdState.NotManaged }).Code);

    [Fact]
    public void A_northd_that_is_left_over_makes_no_probe_fail() =>
        Holds(seen => !(seen.SeesOnly("N") && seen.Expected == ExpectedRole.Unknown) || seen.Code == OcfExitCode.NotRunning);

    [Fact]
    public void Waiting_at_the_address_that_never_answers_is_not_degraded() =>
        Holds(seen => !seen.SeesOnly("RW") || seen.Code == OcfExitCode.Success);

    [Fact]
    public void A_disconnection_that_may_pass_is_not_degraded() =>
        Holds(seen => !(seen.SeesOnly("RWCc") && !seen.DisconnectionLasts) || seen.Code == OcfExitCode.Success);

    [Theory]
    [InlineData("tcp:192.0.2.254:6641", false)]
    [InlineData("ssl:192.0.2.254:16642", false)]
    [InlineData("tcp:192.0.2.25:6641", true)]
    [InlineData("tcp:1.192.0.2.254:6641", true)]
    [InlineData("tcp:10.0.0.9:6641", true)]
    [InlineData("tcp:[2001:db8::9]:6641", true)]
    [InlineData(null, true)]
    public void A_backup_is_cut_off_unless_it_waits_at_that_address(string? source, bool cutOff)
    {
        Assert.Equal(cutOff, InstanceEvaluator.IsCutOff(new ServerObservation(ServerState.Disconnected, source, "")));
        foreach (var state in Enum.GetValues<ServerState>().Where(state => state != ServerState.Disconnected))
        {
            Assert.False(InstanceEvaluator.IsCutOff(new ServerObservation(state, source, "")));
        }
    }

    private static void Holds(Func<Circumstances, bool> invariant) => Assert.DoesNotContain(Circumstances.All, seen => !invariant(seen));
}
