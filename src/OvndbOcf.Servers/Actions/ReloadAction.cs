using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// reload-agent: applies the parameters that can change without a restart (OCF 1.1, "reload-agent"): probe intervals, the management of northd, the path
/// of ovn-ctl. A wrong value is reported, and what is in force stays in force: answering with a failure would make Pacemaker restart the databases for it.
/// </summary>
public static class ReloadAction
{
    /// <summary>Success if the instance runs as before, with whatever new values are usable.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        var wrong = new List<string>();
        foreach (var problem in context.ParameterProblems)
        {
            wrong.Add(problem.Parameter);
            context.Log.Error($"{problem}; the former value stays in force");
        }

        var servers = context.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        foreach (var server in context.Servers)
        {
            var seen = servers.Of(server.Database.Database);
            var outcome =
                seen.State == ServerState.Active && !wrong.Contains("inactive_probe_interval")
                    ? context.ConnectionsOf(server).Ensure(server.Listeners.OfAgent(), context.Deadline)
                : seen.IsBackup && !wrong.Contains("inactive_probe_interval_to_master") ? server.SetActiveProbe(context.Deadline)
                : Outcome.Done;
            if (!outcome.IsDone)
            {
                return ActionResult.Error($"reload failed: {outcome.Problem}");
            }
        }

        Precautions.RaiseDescriptorLimits(context);
        if (await ManageNorthdAsync(context, servers).ConfigureAwait(false) is { Problem: { } northdProblem })
        {
            context.Log.Warning($"{northdProblem}; the next monitor tries again");
        }

        return ActionResult.Success;
    }

    private static async Task<Outcome> ManageNorthdAsync(AgentContext context, ServerPair servers)
    {
        if (context.Parameters.ManageNorthd == false)
        {
            return await context.Northd.StopAsync(context.Deadline).ConfigureAwait(false);
        }

        return
            InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, context.Northd.Observe(), ExpectedRole.Promoted)
            == InstanceState.PromotedWithoutNorthd
            ? await context.Northd.StartAsync(context.Deadline).ConfigureAwait(false)
            : Outcome.Done;
    }
}
