using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>The cluster's configuration (CIB), as far as the agent reads and writes it.</summary>
public interface IClusterConfiguration
{
    /// <summary>
    /// The properties in OVN's set, name to value, and the promotion score as <see cref="IPromotionScores.ReadScheduledScoreAsync"/> has it, all at once; null if the CIB cannot be read.
    /// </summary>
    Task<(IReadOnlyDictionary<string, string> Properties, int? Score)?> ReadConfigurationAsync(
        string resource,
        string node,
        TimeSpan timeout
    );

    /// <summary>Sets properties in OVN's set, all at once; others stay.</summary>
    Task<CommandResult> WritePropertiesAsync(IReadOnlyDictionary<string, string> properties, TimeSpan timeout);

    /// <summary>
    /// The meta attribute <c>migration-threshold</c> of a resource: its own, its clone's, or the default of all resources; null if none is set, or that cannot be found out.
    /// Pacemaker passes it to no action.
    /// </summary>
    Task<string?> ReadMigrationThresholdAsync(string resource, TimeSpan timeout);

    /// <summary>All resources of this agent; empty if there is none, null if the configuration cannot be read.</summary>
    /// <param name="node">This node.</param>
    /// <param name="timeout">How long it may take.</param>
    Task<IReadOnlyList<ClusterDeployment>?> ReadDeploymentsAsync(string node, TimeSpan timeout);
}
