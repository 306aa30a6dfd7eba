using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What is wrong with the configuration, as far as this machine can tell.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Every mistake: in the parameters, in the clone's options, and in what this machine has of what they name.</summary>
    public static IReadOnlyList<ParameterProblem> FindAll(AgentContext context) =>
    [
        .. context.ParameterProblems,
        .. ClusterRules.Check(context.Environment),
        .. InstallationRules.Check(context.Parameters, FileFindings.Look),
        .. AddressRules.Check(context.Parameters, NodeAddress.All),
    ];

    /// <summary>
    /// Null if the servers can be started. Mistakes that do not prevent it are logged, and the defaults count in their place.
    /// </summary>
    public static ActionResult? BeforeStart(AgentContext context)
    {
        var preventing = new List<ParameterProblem>();
        foreach (var problem in FindAll(context))
        {
            if (problem.PreventsStart)
            {
                preventing.Add(problem);
            }
            else
            {
                context.Log.Error($"{problem}; going on as if it were not set");
            }
        }

        foreach (var warning in AddressRules.Warnings(context.Parameters, NodeAddress.All))
        {
            context.Log.Warning(warning);
        }

        return preventing.Count == 0 ? null : Result(preventing);
    }

    /// <summary>All problems as one result.</summary>
    public static ActionResult Result(IReadOnlyList<ParameterProblem> problems) =>
        new(ParameterProblem.WorstOf(problems), string.Join("; ", problems));
}
