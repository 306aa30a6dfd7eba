using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Fuzzing.Targets;

namespace OvndbOcf.Fuzzing;

/// <summary>Every reader of foreign input that the agent has.</summary>
public static class AllTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new()
    {
        ["unixctl"] = ServerTargets.Unixctl,
        ["ovsdb"] = ServerTargets.Ovsdb,
        ["sync-status"] = ServerTargets.SyncStatusText,
        ["notify"] = EnvironmentTargets.Notify,
        ["parameters"] = EnvironmentTargets.Parameters,
        ["log"] = EnvironmentTargets.Log,
        ["marker"] = FreshnessTargets.Marker,
        ["record"] = FreshnessTargets.Record,
        ["history"] = FreshnessTargets.History,
        ["attributes"] = FreshnessTargets.Attributes,
        ["clients"] = ConnectionTargets.Clients,
        ["remote"] = ConnectionTargets.Remotes,
        ["steady-note"] = StateFileTargets.Steady,
        ["links"] = StateFileTargets.Links,
        ["owner"] = StateFileTargets.Owner,
        ["files"] = StateFileTargets.Files,
        ["cib-properties"] = ClusterTargets.Properties,
        ["attribute-lines"] = ClusterTargets.Attributes,
        ["proc"] = ClusterTargets.Kernel,
        ["database-file"] = DatabaseTargets.File,
        ["certificate"] = FileTargets.Certificate,
        ["northd-parameters"] = FileTargets.NorthdParameters,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes the target of that name, with the sockets and directories that it needs until the process ends.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static FuzzTarget Make(string name) => Makers[name]();
}
