using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using OvndbOcf.UnitTests.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class ExpectationTests
{
    /// <summary>
    /// Interval, role and expected exit code as Pacemaker passes them (empty for absent), whether Pacemaker runs the monitor, what is expected, and whether somebody said so.
    /// </summary>
    public static TheoryData<string, string, string, bool, ExpectedRole, bool> Calls =>
        new()
        {
            { "1000", "Promoted", "", true, ExpectedRole.Promoted, true },
            { "1000", "Master", "", true, ExpectedRole.Promoted, true },
            { "1000", "Promoted", "0", true, ExpectedRole.Promoted, true },
            { "3000", "Unpromoted", "", true, ExpectedRole.Unpromoted, true },
            { "3000", "Slave", "", true, ExpectedRole.Unpromoted, true },
            { "3000", "Started", "", true, ExpectedRole.Unpromoted, true },
            { "3000", "Slave", "8", true, ExpectedRole.Unpromoted, true },
            { "1000", "", "8", true, ExpectedRole.Promoted, true },
            { "3000", "", "0", true, ExpectedRole.Unpromoted, true },
            // OVN's guide: op monitor interval=10s.
            { "10000", "", "", true, ExpectedRole.Unpromoted, false },
            // op monitor role=Stopped, which looks for what should not run.
            { "10000", "", "7", true, ExpectedRole.Unknown, false },
            { "10000", "Stopped", "", true, ExpectedRole.Unknown, false },
            { "10000", "", "", false, ExpectedRole.Unknown, false },
            // Probes, crm_resource --force-check and pcs resource debug-monitor.
            { "", "", "", true, ExpectedRole.Unknown, false },
            { "0", "", "", true, ExpectedRole.Unknown, false },
            { "0", "", "7", true, ExpectedRole.Unknown, false },
            { "", "Promoted", "8", true, ExpectedRole.Unknown, false },
            { "", "", "", false, ExpectedRole.Unknown, false },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public void What_is_expected_follows_from_how_the_monitor_is_called(
        string interval,
        string role,
        string code,
        bool byPacemaker,
        ExpectedRole expected,
        bool isStated
    )
    {
        var environment = OcfEnvironment.From(
            "ovndb-servers",
            new Dictionary<string, string?>
            {
                ["OCF_RESKEY_CRM_meta_interval"] = interval,
                ["OCF_RESKEY_CRM_meta_role"] = role,
                ["OCF_RESKEY_CRM_meta_op_target_rc"] = code,
                ["OCF_RESKEY_crm_feature_set"] = byPacemaker ? "3.16.1" : "",
            }
        );
        Assert.Equal(
            new Expectation(expected, isStated),
            Expectation.Of(environment.IsProbe, environment.Meta("role"), environment.Meta("op_target_rc"), environment.IsRunByPacemaker)
        );
    }

    [Theory]
    [InlineData(ExpectedRole.Promoted, true)]
    [InlineData(ExpectedRole.Unpromoted, true)]
    [InlineData(ExpectedRole.Unpromoted, false)]
    [InlineData(ExpectedRole.Unknown, false)]
    public void A_role_that_nobody_named_is_not_held_against_an_active_server(ExpectedRole role, bool isStated)
    {
        foreach (var (northbound, southbound) in Sighting.Pairs)
        {
            var hasActive = northbound == 'A' || southbound == 'A';
            var given = new Expectation(role, isStated).Given(new ServerPair(Sighting.Of(northbound), Sighting.Of(southbound)));
            Assert.Equal(hasActive && !isStated ? ExpectedRole.Unknown : role, given);
        }
    }

    /// <summary>The expectation, and whether an active server must be isolated: no record, one of here, open and closed, one of elsewhere, open and closed, unreadable.</summary>
    public static TheoryData<ExpectedRole, bool, string> Isolation =>
        new()
        {
            { ExpectedRole.Promoted, true, "......" },
            { ExpectedRole.Unpromoted, true, "XXXXXX" },
            { ExpectedRole.Unpromoted, false, "...X.." },
            { ExpectedRole.Unknown, false, "...XX." },
        };

    [Theory]
    [MemberData(nameof(Isolation))]
    public void Without_a_named_role_only_another_nodes_promotion_forbids_active_servers(ExpectedRole role, bool isStated, string isolates)
    {
        ClusterKnowledge[] cases =
        [
            new(true, null, null),
            Knowing(Known.Me, closed: false),
            Knowing(Known.Me, closed: true),
            Knowing(Known.Other, closed: false),
            Knowing(Known.Other, closed: true),
            ClusterKnowledge.Unreadable,
        ];
        var expectation = new Expectation(role, isStated);
        Assert.Equal(isolates, string.Concat(cases.Select(cluster => expectation.ForbidsActive(cluster, Known.Me) ? 'X' : '.')));
        Assert.Equal(!isStated, expectation.DependsOnRecord);
    }

    private static ClusterKnowledge Knowing(string node, bool closed) =>
        new(true, new PromotionRecord(Known.Marker(7, Known.Seventh, node, closed)), node);
}
