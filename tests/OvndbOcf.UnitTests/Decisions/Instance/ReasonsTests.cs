using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class ReasonsTests
{
    [Fact]
    public void Whatever_needs_recovery_or_is_degraded_has_a_reason_and_what_is_well_has_none() =>
        Assert.DoesNotContain(
            Circumstances.All.Where(seen => seen.TakesDegraded),
            seen => (Reason(seen) is null) != (seen.Code is OcfExitCode.Success or OcfExitCode.Promoted || IsCleanProbe(seen))
        );

    [Fact]
    public void A_probe_that_finds_nothing_has_nothing_to_say() =>
        Assert.Null(Reason(new('N', 'N', NorthdState.Running, ExpectedRole.Unknown, true, true)));

    [Fact]
    public void A_reason_names_both_databases_each_as_it_was_seen() =>
        Assert.DoesNotContain(
            Circumstances.All,
            seen =>
                Reason(seen) is { } reason
                && !(reason.Contains("NB", StringComparison.Ordinal) && reason.Contains("SB", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData('A', 'H', ExpectedRole.Promoted, "NB is active, SB is hung (process 7 is stopped by a signal); the cluster restarts both")]
    [InlineData('N', 'R', ExpectedRole.Unpromoted, "NB is not running, SB is a backup; the cluster restarts both")]
    [InlineData('R', 'A', ExpectedRole.Unpromoted, "NB is a backup, SB is active: one is active, one is a backup")]
    [InlineData(
        'R',
        'C',
        ExpectedRole.Unpromoted,
        "NB is a backup, SB is a backup without connection to ssl:[2001:db8::9]:6641; check the network to the active node"
    )]
    [InlineData(
        'F',
        'c',
        ExpectedRole.Unpromoted,
        "NB is a backup that cannot replicate (replication failed), SB is a backup without connection to its source; check"
    )]
    [InlineData('U', 'U', ExpectedRole.Unknown, "NB is in an unclear state (no usable answer), SB is in an unclear state")]
    [InlineData('N', 'N', ExpectedRole.Promoted, "NB and SB are not running, though both were active")]
    public void A_reason_says_what_was_seen_and_what_follows(char northbound, char southbound, ExpectedRole expected, string start) =>
        Assert.StartsWith(
            start,
            Reason(new(northbound, southbound, NorthdState.NotManaged, expected, true, true)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_missing_northd_is_told_with_why_it_did_not_come_back()
    {
        var servers = new ServerPair(Sighting.Of('A'), Sighting.Of('A'));
        Assert.Equal(
            "ovn-northd is stopped by a signal: it is stuck; NB and SB are active",
            Reasons.Of(InstanceState.PromotedWithoutNorthd, servers, NorthdState.Hung, ExpectedRole.Promoted, "it is stuck")
        );
    }

    [Fact]
    public void A_northd_that_runs_only_for_moments_is_told_even_while_it_runs() =>
        Assert.StartsWith(
            "ovn-northd dies again and again",
            Reason(new('A', 'A', NorthdState.DiesRepeatedly, ExpectedRole.Promoted, false, true)),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(NorthdState.NotRunning, "ovn-northd is not running: why")]
    [InlineData(NorthdState.Paused, "ovn-northd is paused: why")]
    [InlineData(NorthdState.Disconnected, "ovn-northd has no connection to NB or SB: why")]
    [InlineData(NorthdState.Misdirected, "ovn-northd was told to connect to servers that are not of this resource: why")]
    public void A_northd_that_does_not_work_is_told_with_what_it_does(NorthdState northd, string start) =>
        Assert.StartsWith(
            start,
            Reasons.Of(
                InstanceState.PromotedWithoutNorthd,
                new ServerPair(Sighting.Of('A'), Sighting.Of('A')),
                northd,
                ExpectedRole.Promoted,
                "why"
            ),
            StringComparison.Ordinal
        );

    private static bool IsCleanProbe(Circumstances seen) => seen.Expected == ExpectedRole.Unknown && seen.Code == OcfExitCode.NotRunning;

    private static string? Reason(Circumstances seen) =>
        Reasons.Of(
            seen.State,
            new ServerPair(Sighting.Of(seen.Northbound), Sighting.Of(seen.Southbound)),
            seen.Northd,
            seen.Expected,
            null
        );
}
