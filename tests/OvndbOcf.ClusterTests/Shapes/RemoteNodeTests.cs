using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The databases run on remote nodes alone (Pacemaker Remote); three full nodes are there for the quorum.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class RemoteNodeTests(RemoteNodesOnBookworm fixture) : IClassFixture<RemoteNodesOnBookworm>
{
    private const int Limit = 180_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan WritesLimit = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_planned_move_loses_no_row_and_ovndbctl_tells_the_same_everywhere()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        await using var writer = Client();
        await writer.WaitForWritesAsync(40, WritesLimit, Cancellation);
        await fixture.Cluster.Nodes[0].ExecCheckedAsync(["ovndbctl", "switchover", "--to", backup.Name], cancellationToken: Cancellation);
        await writer.WaitForWritesAsync(40, WritesLimit, Cancellation);
        var report = await writer.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"longest time without writes {report.LongestGap.Length.TotalSeconds:0.00} s");
        fixture.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);

        var view = await fixture.HoldOnRemotesAsync("planned move");
        Assert.Equal(backup.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
        foreach (var node in (ClusterNode[])[fixture.Cluster.Nodes[0], active, backup])
        {
            var list = await node.ExecCheckedAsync(["ovndbctl", "list"], cancellationToken: Cancellation);
            Assert.Contains($"{backup.Name} is active", list.Stdout, StringComparison.Ordinal);
            Assert.Contains($"{node.Name} (here)", list.Stdout, StringComparison.Ordinal);
            Assert.Contains("No problems.", list.Stdout, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_crash_of_an_active_server_is_recovered_from()
    {
        var (active, _) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var view = await fixture.Invariants(fixture.Shape).ObserveAsync(Cancellation);
        await active.SignalAsync(view[active.Name].Northbound.Pid, "KILL", Cancellation);
        await fixture.HoldOnRemotesAsync($"crash on {active.Name}");
    }

    [Fact(Timeout = Limit)]
    public async Task When_the_active_remote_node_loses_power_it_is_fenced_and_the_other_one_takes_over()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(40);
        await Task.Delay(Quiet, Cancellation);

        await active.PowerOffAsync(Cancellation);
        var view = await fixture.HoldOnRemotesAsync($"{active.Name} lost power and returned");

        Assert.Equal(backup.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.Contains(
            fixture.Cluster.Power!.Events,
            press => press.Node == active.Name && press.Action == "reboot" && press.Failure is null
        );
    }

    [Fact(Timeout = Limit)]
    public async Task A_copy_that_was_away_while_a_remote_node_was_active_is_not_promoted()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var first = fixture.Cluster.Nodes[0];
        await first.ExecCheckedAsync(["pcs", "node", "standby", backup.Name], cancellationToken: Cancellation);
        await Eventually.EqualAsync(
            [backup.Name],
            async () => [.. (await RecordedPromotion.FindAsync(first, fixture.Shape.Resource, Cancellation))?.Outdated ?? []],
            Cancellation
        );
        await WriteAsync(40);

        await active.PowerOffAsync(Cancellation);
        await first.ExecCheckedAsync(["pcs", "node", "unstandby", backup.Name], cancellationToken: Cancellation);
        var view = await fixture.HoldOnRemotesAsync($"{active.Name} lost power and returned");

        Assert.Equal(active.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
    }

    private AcknowledgedWriter Client() =>
        AcknowledgedWriter.Start(new WriterOptions { Address = fixture.Shape.Address, Pause = TimeSpan.FromMilliseconds(25) });

    private async Task WriteAsync(int rows)
    {
        await using var writer = Client();
        await writer.WaitForWritesAsync(rows, WritesLimit, Cancellation);
        fixture.Ledger.Add(OvnDatabase.Northbound, (await writer.StopAsync()).Acknowledged);
    }
}
