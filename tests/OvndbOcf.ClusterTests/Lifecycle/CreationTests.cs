using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

public abstract class CreationTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    [Fact(Timeout = 90_000)]
    public async Task Creation_leaves_one_promoted_instance_and_counts_no_failure()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);
        var status = Created.Status;
        var promoted = Promoted(Created);
        Assert.Empty(status.FailedActions);
        Assert.All(status.Histories, history => Assert.Equal(0, history.FailCount));
        Assert.All(
            status.Nodes,
            node => Assert.All(Monitors(status, node.Name), monitor => Assert.Equal(node.Name == promoted ? 8 : 0, monitor.ExitCode))
        );
        Assert.NotEmpty(Monitors(status, promoted));
    }

    /// <summary>Two backups in their first second have no data yet, and the active node beside them is well.</summary>
    [Fact(Timeout = 90_000)]
    public async Task Creation_tells_nobody_to_accept_a_loss()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);
        Assert.Contains(CreationLog, line => line.Contains("NB and SB databases on", StringComparison.Ordinal));
        Assert.DoesNotContain(CreationLog, TellsToAccept);
        Assert.NotEmpty(Created.Status.Attributes);
        Assert.DoesNotContain(Created.Status.Attributes, attribute => TellsToAccept(attribute.Value));

        static bool TellsToAccept(string text) =>
            text.Contains("accept the loss", StringComparison.Ordinal) || text.Contains("allow-outdated", StringComparison.Ordinal);
    }

    [Fact(Timeout = 90_000)]
    public async Task The_promoted_node_has_the_highest_score_and_is_recorded()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        Assert.All(
            view.Nodes,
            node => Assert.Equal(node.Name == active.Name ? 10 : 5, view.Status.PromotionScore(Shape.Resource, node.Name))
        );
        var recorded = await active.ExecCheckedAsync(
            [
                "crm_attribute",
                "--type",
                "crm_config",
                "--set-name",
                "ovn_ovsdb_master_server",
                "--name",
                "OVN_REPL_INFO",
                "--query",
                "--quiet",
            ],
            cancellationToken: Cancellation
        );
        Assert.Equal(active.Name, recorded.Stdout.Trim());
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormCreationTests(BookwormLifecycleCluster lifecycle) : CreationTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
public sealed class TrixieCreationTests(TrixieLifecycleCluster lifecycle) : CreationTests(lifecycle);
