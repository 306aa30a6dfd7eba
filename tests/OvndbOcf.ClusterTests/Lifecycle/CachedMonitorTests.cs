using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>The monitor that costs next to nothing, and everything by which what it relies on can go wrong.</summary>
public abstract class CachedMonitorTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const int TracedSeconds = 24;
    private const string Agent = "/usr/lib/ocf/resource.d/ovn/ovndb-servers";

    // A few monitors; nobody may need as long as a note lasts.
    private static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(12);

    private static readonly string[] Tools =
    [
        "cibadmin",
        "attrd_updater",
        "crm_node",
        "crm_attribute",
        "ovn-ctl",
        "ovn-appctl",
        "ovs-appctl",
    ];

    /// <summary>The executor and all that it starts are traced. In the time of the trace at most one monitor of a node is due to look at everything anew.</summary>
    [Fact(Timeout = 240_000)]
    public async Task Monitors_of_both_roles_call_no_tool_while_nothing_changes()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await WaitForQuietAsync();
        var traces = await Task.WhenAll(TraceAsync(active), TraceAsync(Backup(view)));

        // One thorough monitor reads the cluster's configuration once, and the attributes once or twice.
        Assert.All(traces, trace => Assert.InRange(Count(trace, Agent), TracedSeconds / 3 - 2, int.MaxValue));
        Assert.All(traces, trace => Assert.InRange(Count(trace, "cibadmin"), 0, 1));
        Assert.All(traces, trace => Assert.InRange(Tools.Sum(tool => Count(trace, tool)), 0, 3));
    }

    [Theory(Timeout = 240_000)]
    [InlineData("attrd_updater --name master-ovndb --delete")]
    [InlineData("attrd_updater --name master-ovndb --update 7")]
    [InlineData("cibadmin --delete --force --xpath //node_state[@uname='NODE']/transient_attributes//nvpair[@name='master-ovndb']")]
    [InlineData("pkill -KILL -x pacemaker-attrd")]
    [InlineData("crm_resource --refresh --resource ovndb")]
    public async Task A_backup_whose_score_is_lost_or_changed_has_it_again_after_a_monitor(string cause)
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var after = await DisturbAsync(Backup(view), cause);
        Assert.Equal(active.Name, Promoted(after));
        Assert.All(after.Nodes, node => AssertUntouched(view, after, node.Name));
    }

    /// <summary>Pacemaker moves the promotion at once to whoever has the best score then: every instance has to have the score of its role again.</summary>
    [Theory(Timeout = 240_000)]
    [InlineData("attrd_updater --name master-ovndb --update 3")]
    [InlineData("cibadmin --delete --force --xpath //node_state[@uname='NODE']/transient_attributes//nvpair[@name='master-ovndb']")]
    [InlineData("pkill -KILL -x pacemaker-attrd")]
    public async Task An_active_whose_score_is_lost_or_lowered_may_be_demoted_and_nothing_else(string cause)
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await DisturbAsync(active, cause);
    }

    /// <summary>Demotion gives the score back before Pacemaker promotes one that may not have the last rows.</summary>
    [Fact(Timeout = 240_000)]
    public async Task An_active_whose_score_is_deleted_is_the_one_to_be_promoted_again()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var after = await DisturbAsync(active, "attrd_updater --name master-ovndb --delete");
        Assert.Equal(active.Name, Promoted(after));
    }

    [Fact(Timeout = 240_000)]
    public async Task An_active_that_is_refreshed_stays_active()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var after = await DisturbAsync(active, "crm_resource --refresh --resource ovndb");
        Assert.Equal(active.Name, Promoted(after));
        AssertUntouched(view, after, active.Name);
    }

    /// <summary>What its attributes were is forgotten when it leaves.</summary>
    [Fact(Timeout = 240_000)]
    public async Task A_backup_that_left_the_cluster_and_returned_has_its_score_again()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(view);
        await backup.PowerOffAsync(Cancellation);
        await Cluster.WaitForAsync(
            "the node to be gone",
            status => status.Nodes.Any(node => node.Name == backup.Name && !node.Online),
            FailoverLimit,
            Cancellation
        );
        await backup.PowerOnAsync(Cancellation);
        var after = await HoldAsync(
            "a node that left and returned",
            FailoverLimit,
            also: seen => seen.Status.PromotionScore(Shape.Resource, backup.Name) == 5 ? null : "it has no score yet"
        );
        Assert.Equal(active.Name, Promoted(after));
    }

    private async Task<ClusterView> DisturbAsync(ClusterNode node, string cause)
    {
        await WaitForSteadyAsync(node);
        await node.ExecCheckedAsync(cause.Replace("NODE", node.Name, StringComparison.Ordinal).Split(' '), cancellationToken: Cancellation);
        await Cluster.WaitForAsync($"the scores after '{cause}' on {node.Name}", HasAllScores, NoticeLimit, Cancellation);

        // Not just before the loss was noticed: they stay.
        await WaitForSteadyAsync(node);
        return await HoldAsync(cause, FailoverLimit, also: view => HasAllScores(view.Status) ? null : "a score is missing again");
    }

    private bool HasAllScores(Simulation.Status.ClusterStatus status) =>
        status.PromotedNode(Shape.CloneId) is { } promoted
        && Cluster.Nodes.All(node => status.PromotionScore(Shape.Resource, node.Name) == (node.Name == promoted ? 10 : 5));

    private static int Count(string trace, string program) =>
        trace
            .Split('\n')
            .Count(line =>
                line.Contains($"execve(\"", StringComparison.Ordinal)
                && line.Contains($"{program}\"", StringComparison.Ordinal)
                && line.EndsWith("= 0", StringComparison.Ordinal)
            );

    private async Task<string> TraceAsync(ClusterNode node)
    {
        await WaitForSteadyAsync(node);
        const string File = "/tmp/executor.trace";
        var seconds = TracedSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var executor = (await node.FindExecutorAsync(Cancellation)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await node.ExecAsync(
            ["timeout", seconds, "strace", "-f", "-e", "trace=execve", "-o", File, "-p", executor],
            TimeSpan.FromSeconds(TracedSeconds + 20),
            cancellationToken: Cancellation
        );
        return await node.ReadFileAsync(File, Cancellation);
    }

    /// <summary>
    /// Waits until no instance has found anything to note for longer than two monitors of a backup: what came before may still be settling, in scores and attributes that others see.
    /// </summary>
    private async Task WaitForQuietAsync()
    {
        var quiet = TimeSpan.FromSeconds(7);
        var (notes, clock) = ("", System.Diagnostics.Stopwatch.StartNew());
        await Cluster.WaitForAsync("a quiet cluster", _ => IsQuiet(), TimeSpan.FromSeconds(60), Cancellation);

        bool IsQuiet()
        {
            var now = string.Join(
                '\n',
                Cluster.Nodes.Select(node =>
                    node.ExecAsync(["stat", "-c", "%y", Note], cancellationToken: Cancellation).GetAwaiter().GetResult().Output
                )
            );
            if (now != notes || now.Contains("No such file", StringComparison.Ordinal))
            {
                notes = now;
                clock.Restart();
            }

            return clock.Elapsed > quiet;
        }
    }

    private string Note => $"/run/resource-agents/ovndb-servers-{Shape.Resource}.steady";

    private async Task WaitForSteadyAsync(ClusterNode node) =>
        await Cluster.WaitForAsync(
            $"a steady state on {node.Name}",
            _ => node.ExecAsync(["test", "-s", Note], cancellationToken: Cancellation).GetAwaiter().GetResult().ExitCode == 0,
            TimeSpan.FromSeconds(40),
            Cancellation
        );
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormCachedMonitorTests(BookwormLifecycleCluster lifecycle) : CachedMonitorTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieCachedMonitorTests(TrixieLifecycleCluster lifecycle) : CachedMonitorTests(lifecycle);
