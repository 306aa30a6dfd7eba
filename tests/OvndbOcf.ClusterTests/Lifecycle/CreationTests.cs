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
