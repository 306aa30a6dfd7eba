using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The commands of OVN's original guide, as far as pcs 0.11 takes them.</summary>
public sealed class OriginalGuideTests(OriginalGuideOnBookworm fixture) : ShapeTests(fixture), IClassFixture<OriginalGuideOnBookworm>
{
    /// <summary>The guide's monitor without a role is one of an unpromoted instance: it calls no tool while nothing changes.</summary>
    [Fact(Timeout = Limit)]
    public async Task The_monitor_without_a_role_becomes_a_steady_one()
    {
        var (_, _, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);
        await fixture.Cluster.WaitForAsync(
            "a steady state",
            _ => IsSteady(backup),
            ShapeFixture.Recovery,
            TestContext.Current.CancellationToken
        );
    }

    [Fact(Timeout = Limit)]
    public async Task The_monitor_without_a_role_mends_what_a_missed_notification_left()
    {
        var (_, active, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);
        var control = $"{fixture.Shape.RunDirectory}/ovnnb_db.ctl";
        foreach (
            var command in new[]
            {
                "set-active-ovsdb-server tcp:192.0.2.254:6641",
                "connect-active-ovsdb-server",
                "set-active-ovsdb-server-probe-interval 60000",
            }
        )
        {
            await backup.ExecCheckedAsync(
                ["ovs-appctl", "-t", control, .. $"ovsdb-server/{command}".Split(' ')],
                cancellationToken: TestContext.Current.CancellationToken
            );
        }

        var view = await fixture.HoldAsync("a backup that follows nobody");
        Assert.Equal(active.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.Equal(fixture.Shape.Source(OvnDatabase.Northbound, active), view[backup.Name].Northbound.Status.Remote);
    }

    [Fact(Timeout = Limit)]
    public async Task Checks_by_hand_change_nothing()
    {
        var (before, active, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);
        foreach (var node in new[] { active, backup })
        {
            await node.ExecAsync(
                ["pcs", "resource", "debug-monitor", fixture.Shape.Resource],
                cancellationToken: TestContext.Current.CancellationToken
            );
            await node.ExecAsync(
                ["crm_resource", "--resource", fixture.Shape.Resource, "--force-check"],
                cancellationToken: TestContext.Current.CancellationToken
            );
        }

        var after = await fixture.HoldAsync("checks by hand");
        Assert.Equal(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.Equal(before[active.Name].Northbound.Process, after[active.Name].Northbound.Process);
    }

    private bool IsSteady(ClusterNode node) =>
        node.ExecAsync(
                ["test", "-s", $"/run/resource-agents/ovndb-servers-{fixture.Shape.Resource}.steady"],
                cancellationToken: TestContext.Current.CancellationToken
            )
            .GetAwaiter()
            .GetResult()
            .ExitCode == 0;

    // The guide's order holds between all instances and the address: they are stopped when it moves.
    protected override bool SwitchoverKeepsServers => false;
}

/// <summary>original-guide.sh on two nodes of the last release whose pcs takes it.</summary>
public sealed class OriginalGuideOnBookworm() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    public override string Leading => Shape.AddressResource!;

    /// <inheritdoc/>
    protected override string Script => "original-guide.sh";

    /// <inheritdoc/>
    protected override ClusterShape Describe() =>
        new()
        {
            Address = Cluster.VirtualIp,
            Resource = "ovndb_servers",
            CloneId = "ovndb_servers-master",
            AddressResource = "VirtualIP",
            Northd = false,
        };
}
