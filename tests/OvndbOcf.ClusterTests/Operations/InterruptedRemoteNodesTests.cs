using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Remote nodes are added, and a machine loses power meanwhile.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedRemoteNodesTests(RemoteNodesOnBookworm fixture)
    : RemoteNodeSteps(fixture),
        IClassFixture<RemoteNodesOnBookworm>
{
    private const string File = "/var/lib/ovn/ovnnb_db.db";

    // In the node, as the moment is too short for a command from outside: the server is killed as soon as its new file gets anything.
    private const string KillAtFirstData = $"""
        import os, signal, time
        end = time.monotonic() + 90
        while not (os.path.exists("{File}") and os.path.exists("/var/run/ovn/ovnnb_db.pid")) and time.monotonic() < end:
            time.sleep(0.01)
        before = os.stat("{File}").st_size
        while os.stat("{File}").st_size == before and time.monotonic() < end:
            pass
        with open("/var/run/ovn/ovnnb_db.pid") as file:
            os.kill(int(file.read()), signal.SIGKILL)
        os.sync()
        print(before, os.stat("{File}").st_size)
        """;

    [Fact(Timeout = 500_000)]
    public async Task A_new_remote_node_that_was_lost_with_half_of_the_data_is_not_promoted()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var first = Cluster.Nodes[0];
        await using var clients = await ClientsAsync();
        await ManyRows.AddAsync(active, Cancellation);
        await fixture.HoldOnRemotesAsync("a large database");
        await DoAsync(first, "pcs", "node", "standby", backup.Name, "--wait=60");

        var added = await Cluster.StartRemoteNodeAsync(Cancellation);
        var killing = added.ExecCheckedAsync(
            ["python3", "-"],
            TimeSpan.FromSeconds(120),
            standardInput: KillAtFirstData,
            cancellationToken: Cancellation
        );
        await DoAsync(first, "pcs", "resource", "meta", fixture.Shape.CloneId, "clone-max=3");
        Assert.Equal(0, (await Cluster.ConnectRemoteNodeAsync(added, first, Cancellation)).ExitCode);
        var sizes = (await killing).Stdout.Trim();
        clients.Interrupted();
        var presses = Cluster.Power!.Events.Count;
        await Task.WhenAll(added.PowerOffAsync(Cancellation), active.PowerOffAsync(Cancellation));
        Tell($"size of the file at first and then: {sizes}");

        // They are fenced, and boot again.
        await UntilAsync(
            $"{active.Name} is fenced",
            _ => Cluster.Power!.Events.Skip(presses).Any(press => press.Node == active.Name && press.Failure is null)
        );
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        await PromotedAsync(active);
        await clients.WaitForWritesAsync(40);
        await DoAsync(first, "pcs", "node", "unstandby", backup.Name);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        await fixture.HoldOnRemotesAsync("the lost nodes are back");
        foreach (var node in (ClusterNode[])[added, backup])
        {
            var story = await node.ExecAsync(
                ["grep", "-cE", $"NB and SB databases on {node.Name} are active", "/var/log/pacemaker/pacemaker.log"],
                cancellationToken: Cancellation
            );
            Tell($"{node.Name} was active {story.Stdout.Trim()} times");
            Assert.True(node == backup || story.Stdout.Trim() == "0");
        }

        await ManyRows.RemoveAsync(active, Cancellation);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await DoAsync(first, "ovndbctl", "switchover", "--to", added.Name, "--timeout", "90");
        await clients.WaitForWritesAsync(40);
        Assert.Empty(await AccountForAsync(clients, added, added, log));
        await fixture.HoldOnRemotesAsync("each row is in every copy");
        await CheckIsCleanAsync();
    }
}
