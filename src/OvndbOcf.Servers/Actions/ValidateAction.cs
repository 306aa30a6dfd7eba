using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>validate-all: reports every mistake in the configuration, not just the first (OCF 1.1, "validate-all").</summary>
internal sealed class ValidateAction(ActionScope scope, AgentParameters parameters, ConfigurationCheck configuration, Neighbours neighbours)
{
    /// <summary>Success if the resource could be started here.</summary>
    public async Task<ActionResult> RunAsync()
    {
        IReadOnlyList<ParameterProblem> problems =
        [
            .. configuration.FindAll(),
            .. await neighbours.CheckAsync(isStart: false).ConfigureAwait(false),
        ];
        foreach (var problem in problems)
        {
            scope.Log.Error(problem.ToString());
        }

        Warn();
        return problems.Count == 0 ? ActionResult.Success : ConfigurationCheck.Result(problems);
    }

    private void Warn()
    {
        // crm_resource --validate passes what Pacemaker's own calls do not.
        if (ClusterRules.RiskOfThreshold(scope.Environment.Meta("migration_threshold")) is { } risk)
        {
            scope.Log.Warning(risk);
        }

        if (
            Environment.ProcessPath is { } self
            && InstalledAgent.FindWarning(scope.Environment.Variable("OCF_ROOT") ?? "/usr/lib/ocf", self) is { } other
        )
        {
            scope.Log.Warning(other);
        }

        foreach (var warning in CertificateRules.Check(parameters, CertificateRules.ReadFile, scope.Clock.GetUtcNow()))
        {
            scope.Log.Warning(warning);
        }

        if (parameters.ActiveProbeInterval == 0)
        {
            scope.Log.Warning(
                "inactive_probe_interval_to_master is 0: backups do not notice an active server that vanished without closing the connection; set 5000 or more"
            );
        }

        if (parameters.ClientProbeInterval == 0)
        {
            scope.Log.Warning("inactive_probe_interval is 0: connections of vanished clients stay open; set 5000 or more");
        }

        foreach (var warning in AddressRules.Warnings(parameters, NodeAddress.All))
        {
            scope.Log.Warning(warning);
        }
    }
}
