using System.Globalization;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>With <c>manage_northd=no</c> ovn-northd is somebody else's.</summary>
public sealed class NorthdTests(WithoutNorthd fixture) : ShapeTests(fixture), IClassFixture<WithoutNorthd>
{
    private static readonly string[] OvnCtl = ["/usr/share/ovn/scripts/ovn-ctl", "--ovn-manage-ovsdb=no"];

    [Fact(Timeout = Limit)]
    public async Task A_northd_that_runs_beside_is_left_alone_at_a_switchover_and_at_a_stop()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);
        try
        {
            var before = new List<int>();
            foreach (var node in fixture.Cluster.Nodes)
            {
                await node.ExecCheckedAsync([.. OvnCtl, "start_northd"], cancellationToken: cancellation);
                before.Add(await NorthdAsync(node, cancellation));
            }

            await active.ExecCheckedAsync(
                ["pcs", "resource", "ban", fixture.Shape.CloneId, active.Name, "--promoted"],
                cancellationToken: cancellation
            );
            await fixture.Cluster.WaitForAsync(
                "the other node promoted",
                status => status.PromotedNode(fixture.Shape.CloneId) is { } promoted && promoted != active.Name,
                ShapeFixture.Recovery,
                cancellation
            );
            await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
            Assert.Equal(before, await AllNorthdAsync(cancellation));

            await active.ExecCheckedAsync(["pcs", "resource", "clear", fixture.Shape.CloneId], cancellationToken: cancellation);
            await active.ExecCheckedAsync(["pcs", "resource", "disable", fixture.Shape.CloneId], cancellationToken: cancellation);
            await fixture.Cluster.WaitForAsync(
                "all instances stopped",
                status => !status.Instances(fixture.Shape.Resource).Any(instance => instance.Active),
                ShapeFixture.Recovery,
                cancellation
            );
            Assert.Equal(before, await AllNorthdAsync(cancellation));

            // It has survived the end of its servers, too: a probe that takes it for ours would make the cluster recover it.
            await active.ExecCheckedAsync(["crm_resource", "--refresh"], cancellationToken: cancellation);
            await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
            Assert.Empty((await fixture.Cluster.GetStatusAsync(cancellation)).FailedActions);
        }
        finally
        {
            foreach (var node in fixture.Cluster.Nodes)
            {
                await node.ExecAsync([.. OvnCtl, "stop_northd"], cancellationToken: cancellation);
            }

            await active.ExecAsync(["pcs", "resource", "enable", fixture.Shape.CloneId], cancellationToken: cancellation);
        }

        await fixture.HoldAsync("the northd beside is gone");
    }

    private async Task<IReadOnlyList<int>> AllNorthdAsync(CancellationToken cancellationToken)
    {
        var pids = new List<int>();
        foreach (var node in fixture.Cluster.Nodes)
        {
            pids.Add(await NorthdAsync(node, cancellationToken));
        }

        return pids;
    }

    /// <summary>The pid of the running ovn-northd; fails if there is none.</summary>
    private static async Task<int> NorthdAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var pid = await node.ReadPidAsync("/run/ovn/ovn-northd.pid", cancellationToken);
        var name = await node.ReadFileAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/comm"), cancellationToken);
        Assert.Equal("ovn-northd", name.Trim());
        return pid;
    }
}

/// <summary>virtual-ip.sh on two nodes, without ovn-northd; the invariants then include that none is started.</summary>
public sealed class WithoutNorthd() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}", ["NORTHD"] = "no" };

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp, Northd = false };
}
