using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

public abstract class SwitchoverTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan MaxOutage = TimeSpan.FromSeconds(15);

    [Fact(Timeout = 150_000)]
    public async Task A_move_to_a_named_node_loses_no_acknowledged_row()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var target = Backup(before).Name;
        await WriteDuringAsync(async () =>
        {
            // Sets a constraint, waits until the promotion has moved, and removes the constraint again.
            await PcsAsync("resource", "move", Shape.CloneId, target, "--promoted");
        });
        await HoldAsync(
            "move",
            FailoverLimit,
            also: view => Promoted(view) == target ? null : $"promoted is {Promoted(view)}, not {target}"
        );
        Assert.NotEqual(active.Name, target);
    }

    [Fact(Timeout = 150_000)]
    public async Task A_move_with_a_constraint_loses_no_acknowledged_row_and_ends_when_it_is_cleared()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await WriteDuringAsync(async () =>
        {
            await PcsAsync("resource", "move-with-constraint", Shape.CloneId, "--promoted");
            await Cluster.WaitForIdleAsync(FailoverLimit, Cancellation);
        });
        var moved = await HoldAsync(
            "move-with-constraint",
            FailoverLimit,
            also: view => Promoted(view) != active.Name ? null : $"still promoted on {active.Name}"
        );
        await PcsAsync("resource", "clear", Shape.CloneId);
        var cleared = await HoldAsync("clear", FailoverLimit);
        Assert.Equal(Promoted(moved), Promoted(cleared));
        AssertUntouched(moved, cleared, Promoted(moved));
    }

    // The exit status of ovndbctl that has changed nothing.
    private const int Refused = 4;

    [Fact(Timeout = 150_000)]
    public async Task Ovndbctl_moves_them_loses_no_acknowledged_row_and_leaves_no_constraint()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var target = Backup(before).Name;
        await WriteDuringAsync(async () =>
        {
            var moved = await active.ExecAsync(["ovndbctl", "switchover", "--to", target], cancellationToken: Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine(moved.Output);
            if (moved.ExitCode == Refused)
            {
                // A machine that stood still for seconds costs a backup its connection, and it is right to refuse then; but only then.
                await HoldAsync("a refusal", FailoverLimit, also: NotPromotable);
                moved = await active.ExecAsync(["ovndbctl", "switchover", "--to", target], cancellationToken: Cancellation);
                TestContext.Current.TestOutputHelper?.WriteLine(moved.Output);
            }

            Assert.True(moved.ExitCode == 0, moved.Output);
            Assert.Contains("No row is lost", moved.Stdout, StringComparison.Ordinal);
            Assert.Contains("proven to have every row", moved.Stdout, StringComparison.Ordinal);
        });
        await HoldAsync(
            "switchover",
            FailoverLimit,
            also: view => Promoted(view) == target ? null : $"promoted is {Promoted(view)}, not {target}"
        );
        await AssertNoMoveIsLeftAsync();
    }

    [Fact(Timeout = 150_000)]
    public async Task Ovndbctl_that_is_told_to_end_says_so_and_leaves_no_constraint()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var ended = await active.ExecAsync(
            ["timeout", "--preserve-status", "--signal=TERM", "1", "ovndbctl", "switchover"],
            cancellationToken: Cancellation
        );
        TestContext.Current.TestOutputHelper?.WriteLine(ended.Output);
        Assert.True(ended.ExitCode == 130, ended.Output);
        Assert.Contains("Interrupted", ended.Stdout, StringComparison.Ordinal);
        await HoldAsync("interrupted switchover", FailoverLimit);
        await AssertNoMoveIsLeftAsync();
    }

    [Fact(Timeout = 150_000)]
    public async Task Ovndbctl_shows_a_healthy_cluster_from_each_node()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);

        // What failed in an earlier test is something to tell.
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        var view = await HoldAsync(
            "clean",
            FailoverLimit,
            also: now => now.Status.FailedActions.Count > 0 ? "failed actions" : NotPromotable(now)
        );
        var active = Cluster.Node(Promoted(view));
        foreach (var node in Cluster.Nodes)
        {
            var listed = await node.ExecAsync(["ovndbctl"], cancellationToken: Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine(listed.Output);
            Assert.True(listed.ExitCode == 0, listed.Output);
            Assert.StartsWith($"{Shape.Resource}: {active.Name} is active since ", listed.Stdout, StringComparison.Ordinal);
            Assert.All(listed.Stdout.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
            var explained = await node.ExecAsync(["ovndbctl", "why", Backup(view).Name], cancellationToken: Cancellation);
            Assert.True(explained.ExitCode == 0, explained.Output);
        }
    }

    private async Task AssertNoMoveIsLeftAsync() =>
        Assert.DoesNotContain(
            "id=\"cli-",
            (
                await Cluster
                    .Nodes[0]
                    .ExecCheckedAsync(["cibadmin", "--query", "--scope", "configuration"], cancellationToken: Cancellation)
            ).Stdout,
            StringComparison.Ordinal
        );

    /// <summary>
    /// Writes to both databases through the virtual address before, while and after something is done. What was acknowledged goes to the ledger.
    /// </summary>
    private async Task WriteDuringAsync(Func<Task> action)
    {
        await using var northbound = AcknowledgedWriter.Start(new WriterOptions { Address = Cluster.VirtualIp });
        await using var southbound = AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = Cluster.VirtualIp,
                Database = OvnDatabase.Southbound,
                Pause = TimeSpan.FromMilliseconds(100),
            }
        );
        await northbound.WaitForWritesAsync(20, WritingLimit, Cancellation);
        await southbound.WaitForWritesAsync(5, WritingLimit, Cancellation);
        var (northboundBegin, southboundBegin) = (northbound.Elapsed, southbound.Elapsed);
        await action();
        await northbound.WaitForWritesAsync(20, WritingLimit, Cancellation);
        await southbound.WaitForWritesAsync(5, WritingLimit, Cancellation);
        Note(OvnDatabase.Northbound, await northbound.StopAsync(), northboundBegin);
        Note(OvnDatabase.Southbound, await southbound.StopAsync(), southboundBegin);
    }

    private void Note(OvnDatabase database, WriterReport report, TimeSpan begin)
    {
        var outage = report.LongestGapAfter(begin)!;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{database}: {report.Acknowledged.Count} rows, outage {outage.Length.TotalSeconds:0.00} s, {report.Refused} refused, {report.Unanswered.Count} unanswered"
        );
        Assert.InRange(outage.Length, TimeSpan.Zero, MaxOutage);
        Ledger.Add(database, report.Acknowledged);
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormSwitchoverTests(BookwormLifecycleCluster lifecycle) : SwitchoverTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
public sealed class TrixieSwitchoverTests(TrixieLifecycleCluster lifecycle) : SwitchoverTests(lifecycle);
