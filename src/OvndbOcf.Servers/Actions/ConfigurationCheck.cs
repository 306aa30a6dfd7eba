using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What is wrong with the configuration, as far as this machine can tell.</summary>
internal sealed class ConfigurationCheck(
    ActionScope scope,
    AgentParameters parameters,
    IReadOnlyList<ParameterProblem> problems,
    BothServers servers
)
{
    /// <summary>Every mistake: in the parameters, in the clone's options, and in what this machine has of what they name.</summary>
    public IReadOnlyList<ParameterProblem> FindAll() =>
        [
            .. problems,
            .. ClusterRules.Check(scope.Environment),
            .. InstallationRules.Check(parameters, FileFindings.Look),
            .. AddressRules.Check(parameters, NodeAddress.All),
        ];

    /// <summary>
    /// Null if the servers can run, and be given a role. Nothing is touched before that is known of both databases. Mistakes that do not prevent it are logged, and the defaults count in their
    /// place. A server that runs with keys and certificates goes on with those that it has read: that their files are missing, such as for a moment while they are renewed, is logged, too. One that runs
    /// without them, or with others, has to be started anew to be promoted, and would let nobody in.
    /// </summary>
    public ActionResult? BeforeStart()
    {
        var preventing = new List<ParameterProblem>();
        foreach (var problem in FindAll())
        {
            if (problem.OnlyForStartOf is { } database && servers.All.Any(server => server.Database.Kind == database && HasFiles(server)))
            {
                scope.Log.Warning($"{problem}; the server keeps running with the files that it has read before");
            }
            else if (problem.PreventsStart)
            {
                preventing.Add(problem);
            }
            else
            {
                scope.Log.Error($"{problem}; the agent uses the default until then");
            }
        }

        foreach (var warning in AddressRules.Warnings(parameters, NodeAddress.All))
        {
            scope.Log.Warning(warning);
        }

        if (preventing.Count > 0)
        {
            return Result(preventing);
        }

        // No mistake of the configuration: once the files are converted, Pacemaker may try again.
        return ClusteredFiles.FindRefusal(parameters) is { } refusal ? ActionResult.Error(refusal) : null;
    }

    private static bool HasFiles(IDatabaseServer server) => server.IsAlive && RunningParameters.FindDifference(server) is null;

    /// <summary>All problems as one result.</summary>
    public static ActionResult Result(IReadOnlyList<ParameterProblem> all) => new(ParameterProblem.WorstOf(all), string.Join("; ", all));
}
