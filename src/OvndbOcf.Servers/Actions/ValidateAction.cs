using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>validate-all: reports every mistake in the configuration, not just the first (OCF 1.1, "validate-all").</summary>
public static class ValidateAction
{
    /// <summary>Success if the resource could be started here.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        IReadOnlyList<ParameterProblem> problems =
        [
            .. ConfigurationCheck.FindAll(context),
            .. await context.Neighbours.CheckAsync(isStart: false).ConfigureAwait(false),
        ];
        foreach (var problem in problems)
        {
            context.Log.Error(problem.ToString());
        }

        Warn(context);
        return problems.Count == 0 ? ActionResult.Success : ConfigurationCheck.Result(problems);
    }

    private static void Warn(AgentContext context)
    {
        // crm_resource --validate passes what Pacemaker's own calls do not.
        if (ClusterRules.RiskOfThreshold(context.Environment.Meta("migration_threshold")) is { } risk)
        {
            context.Log.Warning(risk);
        }

        if (
            Environment.ProcessPath is { } self
            && InstalledAgent.FindWarning(context.Environment.Variable("OCF_ROOT") ?? "/usr/lib/ocf", self) is { } other
        )
        {
            context.Log.Warning(other);
        }

        foreach (var warning in CertificateRules.Check(context.Parameters, CertificateRules.ReadFile, DateTimeOffset.UtcNow))
        {
            context.Log.Warning(warning);
        }

        if (context.Parameters.ActiveProbeInterval == 0)
        {
            context.Log.Warning(
                "inactive_probe_interval_to_master is 0: backups do not notice an active server that vanished without closing the connection; set 5000 or more"
            );
        }

        if (context.Parameters.ClientProbeInterval == 0)
        {
            context.Log.Warning("inactive_probe_interval is 0: connections of vanished clients stay open; set 5000 or more");
        }

        foreach (var warning in AddressRules.Warnings(context.Parameters, NodeAddress.All))
        {
            context.Log.Warning(warning);
        }
    }
}
