using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// reload-agent: applies the parameters that can change without a restart (OCF 1.1, "reload-agent"): probe intervals, the management of northd, the path
/// of ovn-ctl. A wrong value is reported, and what is in force stays in force: answering with a failure would make Pacemaker restart the databases for it.
/// </summary>
internal sealed class ReloadAction(
    ActionScope scope,
    AgentParameters parameters,
    IReadOnlyList<ParameterProblem> problems,
    BothServers servers,
    INorthd northd,
    Precautions precautions
)
{
    /// <summary>Success if the instance runs as before, with whatever new values are usable.</summary>
    public async Task<ActionResult> RunAsync()
    {
        var wrong = new List<string>();
        foreach (var problem in problems)
        {
            wrong.Add(problem.Parameter);
            scope.Log.Error($"{problem}; the former value stays in force");
        }

        var seen = servers.Observe(scope.Deadline.Share(0.3));
        foreach (var server in servers.All)
        {
            var now = seen.Of(server.Database.Kind);
            var outcome =
                now.State == ServerState.Active && !wrong.Contains("inactive_probe_interval")
                    ? server.Connections.Ensure(server.Listeners.OfAgent(), scope.Deadline)
                : now.IsBackup && !wrong.Contains("inactive_probe_interval_to_master") ? server.SetActiveProbe(scope.Deadline)
                : Outcome.Done;
            if (!outcome.IsDone)
            {
                return ActionResult.Error($"reload failed: {outcome.Problem}");
            }
        }

        precautions.RaiseDescriptorLimits();
        if (await ManageNorthdAsync(seen).ConfigureAwait(false) is { Problem: { } northdProblem })
        {
            scope.Log.Warning($"{northdProblem}; the next monitor tries again");
        }

        return ActionResult.Success;
    }

    private async Task<Outcome> ManageNorthdAsync(ServerPair seen)
    {
        if (parameters.ManageNorthd == false)
        {
            return await northd.StopAsync(scope.Deadline).ConfigureAwait(false);
        }

        return
            InstanceEvaluator.Evaluate(seen.Northbound, seen.Southbound, northd.Observe(), ExpectedRole.Promoted)
            == InstanceState.PromotedWithoutNorthd
            ? await northd.StartAsync(scope.Deadline).ConfigureAwait(false)
            : Outcome.Done;
    }
}
