using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>What actions leave to the next ones while an instance runs means nothing to the next run of it.</summary>
public abstract class LeftOverNoteTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private string Busy => $"/run/resource-agents/ovndb-servers-{Shape.Resource}.busy";

    /// <summary>Run by hand on a node that is to run nothing: no monitor comes in between.</summary>
    [Fact(Timeout = 240_000)]
    public async Task Since_when_a_server_was_busy_is_forgotten_by_start_and_by_stop()
    {
        var (view, _) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(view);
        await PcsAsync("node", "standby", backup.Name);
        await HoldAsync("standby", FailoverLimit, absent: [backup.Name]);
        try
        {
            await NoteAsync(backup);
            await RunAsync(backup, "--force-start");
            Assert.False(await IsNotedAsync(backup), "start left it");
            await NoteAsync(backup);
        }
        finally
        {
            await RunAsync(backup, "--force-stop");
        }

        Assert.False(await IsNotedAsync(backup), "stop left it");
        await PcsAsync("node", "unstandby", backup.Name);
        await HoldAsync("unstandby", FailoverLimit);
    }

    /// <summary>Busy since soon after the machine's start.</summary>
    private Task NoteAsync(ClusterNode node) => node.WriteFileAsync(Busy, "60000", "0600", Cancellation);

    private async Task<bool> IsNotedAsync(ClusterNode node) =>
        (await node.ExecAsync(["test", "-e", Busy], cancellationToken: Cancellation)).ExitCode == 0;

    private Task<ExecResult> RunAsync(ClusterNode node, string action) =>
        node.ExecCheckedAsync(["crm_resource", "--resource", Shape.Resource, action, "--force"], cancellationToken: CancellationToken.None);
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormLeftOverNoteTests(BookwormLifecycleCluster lifecycle) : LeftOverNoteTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
public sealed class TrixieLeftOverNoteTests(TrixieLifecycleCluster lifecycle) : LeftOverNoteTests(lifecycle);
