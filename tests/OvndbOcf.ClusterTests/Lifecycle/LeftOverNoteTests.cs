using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>What actions leave to the next ones while an instance runs means nothing to the next run of it.</summary>
public abstract class LeftOverNoteTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private static readonly string[] Kinds = ["busy", "northd-idle", "northd-restarted"];

    private IEnumerable<string> Notes => Kinds.Select(kind => $"/run/resource-agents/ovndb-servers-{Shape.Resource}.{kind}");

    /// <summary>Run by hand on a node that is to run nothing: no monitor comes in between.</summary>
    [Fact(Timeout = 240_000)]
    public async Task Since_when_a_server_was_busy_or_northd_idle_is_forgotten_by_start_and_by_stop()
    {
        var (view, _) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(view);
        await PcsAsync("node", "standby", backup.Name);
        await HoldAsync("standby", FailoverLimit, absent: [backup.Name]);
        try
        {
            await NoteAsync(backup);
            await RunAsync(backup, "--force-start");
            Assert.Empty(await LeftAsync(backup));
            await NoteAsync(backup);
        }
        finally
        {
            await RunAsync(backup, "--force-stop");
        }

        Assert.Empty(await LeftAsync(backup));
        await PcsAsync("node", "unstandby", backup.Name);
        await HoldAsync("unstandby", FailoverLimit);
    }

    /// <summary>Since soon after the machine's start.</summary>
    private async Task NoteAsync(ClusterNode node)
    {
        foreach (var note in Notes)
        {
            await node.WriteFileAsync(note, "60000", "0600", Cancellation);
        }
    }

    private async Task<string[]> LeftAsync(ClusterNode node) =>
        (await node.ExecAsync(["ls", .. Notes], cancellationToken: Cancellation)).Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<ExecResult> RunAsync(ClusterNode node, string action) =>
        node.ExecCheckedAsync(["crm_resource", "--resource", Shape.Resource, action, "--force"], cancellationToken: CancellationToken.None);
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormLeftOverNoteTests(BookwormLifecycleCluster lifecycle) : LeftOverNoteTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieLeftOverNoteTests(TrixieLifecycleCluster lifecycle) : LeftOverNoteTests(lifecycle);
