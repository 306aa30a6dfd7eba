using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>An ovn-northd that runs and does nothing, or does not run, beside healthy databases.</summary>
public abstract class IdleNorthdTests(IdleNorthdFixture fixture)
{
    private const int Limit = 240_000;
    private const string Northd = "/usr/bin/ovn-northd";
    private const string LeftOver = "/etc/ovn/ovn-northd-db-params.conf";

    // What a monitor relies on is looked at anew after 55 s at the latest.
    private static readonly TimeSpan Thorough = TimeSpan.FromSeconds(90);

    [Fact(Timeout = Limit)]
    public async Task One_that_was_paused_is_resumed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        await active.ExecCheckedAsync(["ovn-appctl", "-t", "ovn-northd", "pause"], cancellationToken: cancellation);

        await WaitAsync(active, "ovn-appctl -t ovn-northd status | grep -q active", cancellation);

        await SyncAsync(active, cancellation);
        Same(before, await fixture.HoldAsync("northd was paused"), active);
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_a_left_over_file_points_elsewhere_is_restarted_for_these_databases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        try
        {
            await active.WriteFileAsync(
                LeftOver,
                "--ovnnb-db=tcp:192.0.2.1:6641,tcp:192.0.2.2:6641 --ovnsb-db=tcp:192.0.2.1:6642\n",
                cancellationToken: cancellation
            );
            // Before the restart: a monitor may find the new process at any moment from then on.
            var log = await AgentLog.FromNowAsync(fixture.Cluster, cancellation);
            await active.ExecCheckedAsync(
                ["/usr/share/ovn/scripts/ovn-ctl", "--ovn-manage-ovsdb=no", "restart_northd"],
                cancellationToken: cancellation
            );

            await WaitAsync(active, "ovn-appctl -t ovn-northd nb-connection-status | grep -qx connected", cancellation);

            await SyncAsync(active, cancellation);
            Same(before, await fixture.HoldAsync("northd was pointed elsewhere"), active);

            // Pacemaker logs what an action said when the action has ended.
            await Eventually.EqualAsync(
                [$"{active.Name} tells of {LeftOver}"],
                async () =>
                    (await log.LinesAsync(active, cancellation))
                        .Where(line => line.Contains(LeftOver, StringComparison.Ordinal))
                        .Select(_ => $"{active.Name} tells of {LeftOver}")
                        .Distinct(),
                cancellation
            );
        }
        finally
        {
            await active.ExecAsync(["rm", "-f", LeftOver], cancellationToken: cancellation);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_cannot_be_started_does_not_keep_the_databases_from_being_promoted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var node in fixture.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["mv", Northd, Northd + ".away"], cancellationToken: cancellation);
        }

        try
        {
            var (_, active, backup) = await fixture.LookAsync(cancellation);
            await active.ExecCheckedAsync(
                ["pcs", "resource", "ban", fixture.Leading, active.Name, "--promoted"],
                cancellationToken: cancellation
            );
            var status = await fixture.Cluster.WaitForAsync(
                "promotion without northd",
                status => status.PromotedNode(fixture.Shape.CloneId) == backup.Name,
                ShapeFixture.Recovery,
                cancellation
            );
            Assert.Empty(status.FailedActions);
            await WaitAsync(backup, $"ovn-nbctl --db=tcp:{fixture.Cluster.VirtualIp}:6641 --timeout=3 show", cancellation);
        }
        finally
        {
            foreach (var node in fixture.Cluster.Nodes)
            {
                await node.ExecAsync(["mv", Northd + ".away", Northd], cancellationToken: CancellationToken.None);
            }

            await fixture
                .Cluster.Nodes[0]
                .ExecAsync(["pcs", "resource", "clear", fixture.Leading], cancellationToken: CancellationToken.None);
        }

        var after = await fixture.HoldAsync("northd can be started again");
        Assert.Empty(after.Status.FailedActions);
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_the_agent_started_ends_when_it_is_not_managed_any_more()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        await active.ExecCheckedAsync(
            ["pcs", "resource", "update", fixture.Shape.Resource, "manage_northd=no"],
            cancellationToken: cancellation
        );
        try
        {
            await WaitAsync(active, "! pidof ovn-northd", cancellation);
        }
        finally
        {
            await active.ExecCheckedAsync(
                ["pcs", "resource", "update", fixture.Shape.Resource, "manage_northd=yes"],
                cancellationToken: CancellationToken.None
            );
        }

        Same(before, await fixture.HoldAsync("northd is managed again"), active);
    }

    private static void Same(ClusterView before, ClusterView after, ClusterNode node)
    {
        Assert.Equal(before[node.Name].Northbound.Process, after[node.Name].Northbound.Process);
        Assert.Equal(before[node.Name].Southbound.Process, after[node.Name].Southbound.Process);
        Assert.Empty(after.Status.FailedActions);
    }

    /// <summary>A change to the Northbound database arrives in the Southbound one.</summary>
    private static async Task SyncAsync(ClusterNode node, CancellationToken cancellation) =>
        await node.ExecCheckedAsync(["ovn-nbctl", "--timeout=10", "--wait=sb", "sync"], cancellationToken: cancellation);

    private static async Task WaitAsync(ClusterNode node, string condition, CancellationToken cancellation)
    {
        var result = await node.ExecAsync(
            ["timeout", $"{Thorough.TotalSeconds:0}", "sh", "-c", $"until {condition}; do sleep 0.5; done"],
            Thorough + TimeSpan.FromSeconds(10),
            cancellationToken: cancellation
        );
        Assert.True(result.ExitCode == 0, $"in vain: {condition}");
    }
}

[Trait(TestLength.Name, TestLength.Long)]
public sealed class IdleNorthdOnBookwormTests(IdleNorthdOnBookworm fixture) : IdleNorthdTests(fixture), IClassFixture<IdleNorthdOnBookworm>;

public sealed class IdleNorthdOnTrixieTests(IdleNorthdOnTrixie fixture) : IdleNorthdTests(fixture), IClassFixture<IdleNorthdOnTrixie>;

/// <summary>virtual-ip.sh on two nodes.</summary>
public abstract class IdleNorthdFixture(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";
}

public sealed class IdleNorthdOnBookworm() : IdleNorthdFixture(DebianRelease.Bookworm);

public sealed class IdleNorthdOnTrixie() : IdleNorthdFixture(DebianRelease.Trixie);
