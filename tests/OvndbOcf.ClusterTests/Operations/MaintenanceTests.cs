using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What people do to a cluster for maintenance; that a node goes to standby or is shut down is in <see cref="NodeTests"/>.</summary>
public abstract class MaintenanceTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private static readonly TimeSpan Untouched = TimeSpan.FromSeconds(8);

    [Fact(Timeout = 200_000)]
    public async Task A_resource_that_is_disabled_stops_everywhere_and_is_enabled_with_every_row()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await using var writer = Client(OvnDatabase.Northbound, 25);
        await WaitForWritesAsync(writer, 40);
        await PcsAsync("resource", "disable", Shape.CloneId, "--wait=60");
        var view = await ObserveAsync();
        Assert.All(view.Nodes, node => Assert.Empty(node.Northbound.Processes.Concat(node.Southbound.Processes)));
        Assert.All(view.Nodes, node => Assert.Empty(node.NorthdProcesses));

        // Nobody is told to stop writing, so the writer is cut off as clients are.
        await PcsAsync("resource", "enable", Shape.CloneId, "--wait=60");
        await WaitForWritesAsync(writer, 10);
        var report = await writer.StopAsync();
        Tell($"{report.Acknowledged.Count} rows, longest time without writes {report.LongestGap.Length.TotalSeconds:0.00} s");
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        var after = await HoldAsync("enabled again", ReturnLimit, also: AllCurrent);
        Assert.Equal(active.Name, Promoted(after));
    }

    /// <summary>The command that takes the servers out of Pacemaker's hands, and the one that gives them back; NODE is the active one.</summary>
    [Theory(Timeout = 200_000)]
    [InlineData("property set maintenance-mode=true", "property set maintenance-mode=false")]
    [InlineData("resource unmanage ovndb-clone", "resource manage ovndb-clone")]
    [InlineData("node maintenance NODE", "node unmaintenance NODE")]
    [Trait(TestLength.Name, TestLength.Long)]
    public async Task A_crash_is_not_mended_while_nobody_manages_the_servers_and_is_afterwards(string begin, string end)
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await WriteAsync(10);
        await HoldAsync("replicated rows", FailoverLimit);
        await PcsAsync(begin.Replace("NODE", active.Name, StringComparison.Ordinal).Split(' '));
        try
        {
            await Cluster.WaitForAsync(
                begin,
                status => status.Instances(Shape.CloneId).Any(instance => instance.Node == active.Name && !instance.Managed),
                NoticeLimit,
                Cancellation
            );

            // The worst moment: clients are served by nobody, and nobody looks.
            await SignalAsync(active, "KILL", before[active.Name].Northbound.Pid);
            await StaysAsync(
                $"nothing is done under '{begin}'",
                Untouched,
                async () =>
                {
                    var view = await ObserveAsync();
                    return view[active.Name].Northbound.Processes.Count > 0 ? "the server was started again"
                        : view[active.Name].Southbound.Process != before[active.Name].Southbound.Process ? "the other server was touched"
                        : view.Status.PromotedNode(Shape.CloneId) is { } promoted && promoted != active.Name ? $"{promoted} is promoted"
                        : null;
                }
            );
        }
        finally
        {
            await PcsAsync(end.Replace("NODE", active.Name, StringComparison.Ordinal).Split(' '));
        }

        await HoldAsync($"after '{end}'", ReturnLimit, also: AllCurrent);
    }

    /// <summary>All nodes stop, and start one by one: the one that was promoted last is the first of them or comes when all others have started.</summary>
    [Theory(Timeout = 400_000)]
    [InlineData(true)]
    [InlineData(false)]
    [Trait(TestLength.Name, TestLength.Long)]
    public async Task The_cluster_is_stopped_and_its_nodes_start_in_any_order(bool promotedFirst)
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await using var writer = Client(OvnDatabase.Northbound, 25);
        await WaitForWritesAsync(writer, 40);
        await Cluster.StopClusterAsync(Cancellation);
        var report = await writer.StopAsync();
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);

        ClusterNode[] order = promotedFirst ? [active, .. backups] : [.. backups, active];
        foreach (var node in order[..^1])
        {
            await node.PowerOnAsync(Cancellation);
            await RunsPacemakerAsync(node);
        }

        // Who has everything is promoted, with quorum; if nobody is for certain, all wait.
        var absent = order[^1];
        await UntilAsync(
            "a decision",
            ReturnLimit,
            async () =>
                await Cluster.GetStatusAsync(Cancellation) is var status
                && (
                    status.PromotedNode(Shape.CloneId) is not null
                    || order[..^1].All(node => status.PromotionScore(Shape.Resource, node.Name) is -1_000_000)
                )
                    ? null
                    : "nobody is promoted, and not everybody must not be"
        );
        var promoted = (await Cluster.GetStatusAsync(Cancellation)).PromotedNode(Shape.CloneId);
        Tell($"promoted {(promotedFirst ? "with" : "without")} the node that was promoted last: {promoted ?? "nobody"}");
        Assert.True(!promotedFirst || promoted == active.Name, $"{promoted} was promoted");
        if (promoted is not null)
        {
            await HoldAsync("two nodes are back", ReturnLimit, absent: [absent.Name]);
        }
        else
        {
            Tell((await order[0].ExecAsync(["ovndbctl", "why"], cancellationToken: Cancellation)).Output);
        }

        await absent.PowerOnAsync(Cancellation);
        await HoldAsync("all nodes are back", ReturnLimit, also: AllCurrent);
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormMaintenanceTests(BookwormLifecycleCluster lifecycle) : MaintenanceTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieMaintenanceTests(TrixieLifecycleCluster lifecycle) : MaintenanceTests(lifecycle);
