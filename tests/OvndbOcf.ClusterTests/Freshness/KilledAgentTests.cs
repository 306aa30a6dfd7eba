using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>
/// The agent is killed at each step of its actions. Pacemaker counts the failure, and what it does next has to repair everything. The programs that the agent calls are replaced
/// by a script that kills its caller once, before or after the argument that a trigger file names.
/// </summary>
/// <param name="lifecycle">The cluster.</param>
/// <param name="moment">Whether the agent is killed before or after each step: each release takes one.</param>
public abstract class KilledAgentTests(LifecycleCluster lifecycle, string moment) : FreshnessTests(lifecycle)
{
    private const string OvnCtl = "/usr/share/ovn/scripts/ovn-ctl";
    private const string Cibadmin = "/usr/sbin/cibadmin";
    private const string AttrdUpdater = "/usr/sbin/attrd_updater";
    private const string Trigger = "/run/killed-agent";

    private static readonly string[] Programs = [OvnCtl, Cibadmin, AttrdUpdater];

    [Fact(Timeout = 600_000)]
    public Task A_promote_action_that_is_killed_at_any_step_is_repaired() =>
        RepeatAsync(
            "promote",
            ["--query", "--modify", "--update=10", "start_northd"],
            (_, backup) => backup,
            (_, backup) => MoveAsync(backup),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = 600_000)]
    public Task A_demote_action_that_is_killed_at_any_step_is_repaired() =>
        RepeatAsync(
            "demote",
            ["--query", "--modify"],
            (active, _) => active,
            (_, backup) => MoveAsync(backup),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = 600_000)]
    public Task A_stop_action_that_is_killed_at_any_step_is_repaired() =>
        RepeatAsync(
            "stop",
            ["--delete"],
            (_, backup) => backup,
            (_, backup) => PcsAsync("node", "standby", backup.Name),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = 600_000)]
    public Task A_start_action_that_is_killed_at_any_step_is_repaired() =>
        RepeatAsync(
            "start",
            ["start_nb_ovsdb", "start_sb_ovsdb", "--query"],
            (_, backup) => backup,
            (_, backup) => RestartAsync(backup),
            TestContext.Current.CancellationToken
        );

    private static string Trap(string program) =>
        $"""
            #!/bin/sh
            if read -r when step action 2>/dev/null < {Trigger}; then
                for argument; do
                    if [ "$argument" = "$step" ] && tr '\0' ' ' < "/proc/$PPID/cmdline" | grep -q "ovndb-servers $action "; then
                        rm -f {Trigger}
                        if [ "$when" = after ]; then {program}.real "$@"; fi
                        kill -KILL "$PPID"
                        exit 1
                    fi
                done
            fi
            exec {program}.real "$@"

            """;

    private async Task RepeatAsync(
        string action,
        string[] commands,
        Func<ClusterNode, ClusterNode, ClusterNode> victim,
        Func<ClusterNode, ClusterNode, Task> cause,
        CancellationToken cancellationToken
    )
    {
        var (_, active, backups) = await BeginAsync(cancellationToken);
        var tools = new List<ReplacedTool>();
        try
        {
            foreach (var program in Programs)
            {
                tools.Add(await ReplacedTool.InstallAsync(Cluster.Nodes, program, Trap(program), Cancellation));
            }

            foreach (var command in commands)
            {
                await WriteAsync(5);
                var node = victim(active, backups[0]);
                await node.WriteFileAsync(Trigger, $"{moment} {command} {action}\n", cancellationToken: Cancellation);
                await cause(active, backups[0]);
                var after = await RepairedAsync(action, $"{action} killed {moment} {command}", node);
                active = Cluster.Node(Promoted(after));
                backups = [.. Cluster.Nodes.Where(other => other != active)];
            }
        }
        finally
        {
            await Task.WhenAll(
                Cluster.Nodes.Select(node => node.ExecCheckedAsync(["rm", "-f", Trigger], cancellationToken: CancellationToken.None))
            );
            foreach (var tool in tools)
            {
                await tool.DisposeAsync();
            }
        }
    }

    private async Task<ClusterView> RepairedAsync(string action, string occasion, ClusterNode node)
    {
        await Cluster.WaitForAsync(
            $"{occasion} on {node.Name}",
            status => status.FailedActions.Any(failed => failed.Operation == $"{Shape.Resource}_{action}_0" && failed.Node == node.Name),
            FailoverLimit,
            Cancellation
        );

        // Whatever became of that instance, somebody serves.
        await WriteAsync(5);

        // Pacemaker's own rules leave a failed start and a failed stop to a person.
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        await PcsAsync("node", "unstandby", "--all");
        await PcsAsync("resource", "clear", Shape.CloneId);
        return await HoldAsync(occasion, ReturnLimit, also: action is "promote" or "demote" ? AllCurrent : null);
    }

    private async Task MoveAsync(ClusterNode target) =>
        await target.ExecCheckedAsync(
            ["crm_resource", "--move", "--resource", Shape.CloneId, "--node", target.Name, "--promoted"],
            cancellationToken: Cancellation
        );

    private async Task RestartAsync(ClusterNode backup)
    {
        await StandbyAsync(backup);
        await PcsAsync("node", "unstandby", backup.Name);
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BookwormKilledAgentTests(BookwormFreshnessCluster lifecycle) : KilledAgentTests(lifecycle, "before");

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieKilledAgentTests(TrixieFreshnessCluster lifecycle) : KilledAgentTests(lifecycle, "after");
