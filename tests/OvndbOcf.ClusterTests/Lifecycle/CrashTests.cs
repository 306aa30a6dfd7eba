using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

public abstract class CrashTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const string UntilTold =
        "until grep -q 'WARNING: ovn-northd dies again and again' /var/log/pacemaker/pacemaker.log; do sleep 0.5; done";

    [Fact(Timeout = 150_000)]
    public Task A_killed_northbound_server_of_the_active_is_recovered_from() =>
        SignalActiveAsync("KILL", node => [node.Northbound], TestContext.Current.CancellationToken);

    [Fact(Timeout = 150_000)]
    public Task A_killed_southbound_server_of_the_active_is_recovered_from() =>
        SignalActiveAsync("KILL", node => [node.Southbound], TestContext.Current.CancellationToken);

    [Fact(Timeout = 150_000)]
    public Task Both_servers_of_the_active_killed_at_once_are_recovered_from() =>
        SignalActiveAsync("KILL", node => [node.Northbound, node.Southbound], TestContext.Current.CancellationToken);

    [Fact(Timeout = 150_000)]
    public Task A_northbound_server_that_crashes_and_is_restarted_by_its_monitor_process_is_recovered_from() =>
        SignalActiveAsync("SEGV", node => [node.Northbound], TestContext.Current.CancellationToken);

    /// <summary>ovsdb's monitor process brings it back in the role that it had, and clients of the other server notice nothing.</summary>
    [Fact(Timeout = 150_000)]
    public async Task A_southbound_server_that_crashes_and_is_restarted_by_its_monitor_process_costs_the_northbound_one_nothing()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);

        // Failures that earlier tests provoked are remembered for a while.
        await active.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        before = await HoldAsync(
            "no failures",
            FailoverLimit,
            also: view => view.Status.FailedActions.Count == 0 ? null : "a failure is remembered"
        );
        Assert.Equal(active.Name, Promoted(before));
        var crashed = before[active.Name].Southbound;
        await SignalAsync(active, "SEGV", crashed.Pid);
        var after = await HoldAsync("SIGSEGV of the SB server", FailoverLimit, also: view => Survivor(view, [crashed]));
        Assert.Equal(active.Name, Promoted(after));
        Assert.Equal(before[active.Name].Northbound.Process, after[active.Name].Northbound.Process);
        Assert.Empty(after.Status.FailedActions);
    }

    /// <summary>A stopped process keeps its sockets open and answers nothing; only SIGKILL ends it.</summary>
    [Fact(Timeout = 150_000)]
    public Task A_northbound_server_that_is_stopped_by_a_signal_is_recovered_from_without_a_person() =>
        SignalActiveAsync("STOP", node => [node.Northbound], TestContext.Current.CancellationToken);

    [Fact(Timeout = 150_000)]
    public async Task A_killed_northd_is_started_again_without_a_failover()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var pids = before[active.Name].NorthdProcesses;
        await SignalAsync(active, "KILL", pids);
        var after = await HoldAsync(
            "SIGKILL of ovn-northd",
            FailoverLimit,
            also: view => view[active.Name].NorthdProcesses.Intersect(pids).Any() ? "it is still the old ovn-northd" : null
        );
        Assert.Equal(active.Name, Promoted(after));
        Assert.All(after.Nodes, node => AssertUntouched(before, after, node.Name));
    }

    [Fact(Timeout = 150_000)]
    public async Task A_northd_that_dies_again_and_again_is_told_and_moves_no_database()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var pids = before[active.Name].NorthdProcesses;
        for (var time = 1; time <= 3; time++)
        {
            var killed = pids;
            await SignalAsync(active, "KILL", killed);
            var restarted = await HoldAsync(
                $"SIGKILL {time} of ovn-northd",
                FailoverLimit,
                also: view => view[active.Name].NorthdProcesses.Intersect(killed).Any() ? "it is still the old ovn-northd" : null
            );
            pids = restarted[active.Name].NorthdProcesses;
        }

        await active.ExecCheckedAsync(["timeout", "20", "sh", "-c", UntilTold], cancellationToken: Cancellation);
        var after = await HoldAsync("the third death of ovn-northd", FailoverLimit);
        Assert.Equal(active.Name, Promoted(after));
        Assert.All(after.Nodes, node => AssertUntouched(before, after, node.Name));

        // It is remembered for a minute, in which no monitor is a short one: not what the next test begins with.
        await active.ExecCheckedAsync(
            ["rm", $"/run/resource-agents/ovndb-servers-{Shape.Resource}.northd"],
            cancellationToken: Cancellation
        );
    }

    [Fact(Timeout = 150_000)]
    public async Task A_killed_server_of_a_backup_is_recovered_alone()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(before);
        var killed = before[backup.Name].Northbound;
        await SignalAsync(backup, "KILL", killed.Pid);
        var after = await HoldAsync("SIGKILL of a backup's NB server", FailoverLimit, also: view => Survivor(view, [killed]));
        Assert.Equal(active.Name, Promoted(after));
        Assert.Equal(before[active.Name].NorthdProcesses, after[active.Name].NorthdProcesses);
        Assert.All(after.Nodes.Where(node => node.Name != backup.Name), node => AssertUntouched(before, after, node.Name));
    }

    private async Task SignalActiveAsync(
        string signal,
        Func<NodeView, IReadOnlyList<ServerView>> choose,
        CancellationToken cancellationToken
    )
    {
        var (before, active) = await ReadyAsync(cancellationToken);
        var servers = choose(before[active.Name]);
        await SignalAsync(active, signal, servers.Select(server => server.Pid));
        await HoldAsync($"SIG{signal}", FailoverLimit, also: view => Survivor(view, servers));
    }

    /// <summary>The cluster has not noticed anything as long as one of these processes is there.</summary>
    private static string? Survivor(ClusterView view, IReadOnlyList<ServerView> servers) =>
        view
            .Nodes.SelectMany(node => node.Northbound.Processes.Concat(node.Southbound.Processes))
            .Intersect(servers.Select(server => server.Process))
            .FirstOrDefault()
            is { } process
            ? $"process {process} is still the old one"
            : null;
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormCrashTests(BookwormLifecycleCluster lifecycle) : CrashTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieCrashTests(TrixieLifecycleCluster lifecycle) : CrashTests(lifecycle);
