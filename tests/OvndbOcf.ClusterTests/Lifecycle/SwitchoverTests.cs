using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

public abstract class SwitchoverTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Replication is asynchronous and goes through the virtual address, which leaves the node before the demotion: what was acknowledged at the very last may
    /// not have been sent to the backups. On a busy machine a server needs some milliseconds from the one to the other.
    /// </summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMilliseconds(100);

    [Fact(Timeout = 150_000)]
    public async Task A_move_to_a_named_node_loses_no_row_that_was_not_in_flight()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var target = Backup(before).Name;
        var inFlight = await WriteDuringAsync(async () =>
        {
            // Sets a constraint, waits until the promotion has moved, and removes the constraint again.
            await PcsAsync("resource", "move", Shape.CloneId, target, "--promoted");
        });
        var moved = await HoldAsync("move", FailoverLimit, also: view => Promoted(view) == target ? null : $"promoted is {Promoted(view)}, not {target}");
        Assert.NotEqual(active.Name, target);
        TellInFlight(inFlight, moved);
    }

    [Fact(Timeout = 150_000)]
    public async Task A_move_with_a_constraint_loses_no_row_that_was_not_in_flight_and_ends_when_it_is_cleared()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var inFlight = await WriteDuringAsync(async () =>
        {
            await PcsAsync("resource", "move-with-constraint", Shape.CloneId, "--promoted");
            await Cluster.WaitForIdleAsync(FailoverLimit, Cancellation);
        });
        var moved = await HoldAsync(
            "move-with-constraint", FailoverLimit, also: view => Promoted(view) != active.Name ? null : $"still promoted on {active.Name}");
        TellInFlight(inFlight, moved);
        await PcsAsync("resource", "clear", Shape.CloneId);
        var cleared = await HoldAsync("clear", FailoverLimit);
        Assert.Equal(Promoted(moved), Promoted(cleared));
        AssertUntouched(moved, cleared, Promoted(moved));
    }

    /// <summary>
    /// Writes to both databases through the virtual address before, while and after something is done. What was acknowledged goes to the ledger, except what was
    /// in flight when the outage began; that is returned.
    /// </summary>
    private async Task<IReadOnlyList<string>> WriteDuringAsync(Func<Task> action)
    {
        await using var northbound = AcknowledgedWriter.Start(new WriterOptions { Address = Cluster.VirtualIp });
        await using var southbound = AcknowledgedWriter.Start(
            new WriterOptions { Address = Cluster.VirtualIp, Database = OvnDatabase.Southbound, Pause = TimeSpan.FromMilliseconds(100) });
        await northbound.WaitForWritesAsync(20, WritingLimit, Cancellation);
        await southbound.WaitForWritesAsync(5, WritingLimit, Cancellation);
        var (northboundBegin, southboundBegin) = (northbound.Elapsed, southbound.Elapsed);
        await action();
        await northbound.WaitForWritesAsync(20, WritingLimit, Cancellation);
        await southbound.WaitForWritesAsync(5, WritingLimit, Cancellation);
        return
        [
            .. Note(OvnDatabase.Northbound, await northbound.StopAsync(), northboundBegin),
            .. Note(OvnDatabase.Southbound, await southbound.StopAsync(), southboundBegin),
        ];
    }

    private IEnumerable<string> Note(OvnDatabase database, WriterReport report, TimeSpan begin)
    {
        var outage = report.LongestGapAfter(begin)!;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{database}: {report.Acknowledged.Count} rows, outage {outage.Length.TotalSeconds:0.00} s, {report.Refused} refused, {report.Unanswered.Count} unanswered");
        Assert.InRange(outage.Length, TimeSpan.Zero, LongestOutage);
        var inFlight = report.Acknowledged.Where(write => write.At > outage.From - InFlight && write.At <= outage.From).ToList();
        Ledger.Add(database, report.Acknowledged.Except(inFlight));
        return inFlight.Select(write => write.Name);
    }

    private void TellInFlight(IReadOnlyList<string> rows, ClusterView after)
    {
        var node = after[Promoted(after)];
        var lost = rows.Count(row => !node.Northbound.Rows!.Contains(row) && !node.Southbound.Rows!.Contains(row));
        TestContext.Current.TestOutputHelper?.WriteLine($"{lost} of {rows.Count} rows that were in flight are lost");
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormSwitchoverTests(BookwormLifecycleCluster lifecycle) : SwitchoverTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
public sealed class TrixieSwitchoverTests(TrixieLifecycleCluster lifecycle) : SwitchoverTests(lifecycle);
