using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>All rules.</summary>
internal static class RuleBook
{
    /// <summary>All of them, by what they are about.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. ResourceRules.All,
        .. OperationRules.All,
        .. PlacementRules.All,
        .. AddressRules.All,
        .. ClusterRules.All,
        .. StateRules.All,
        .. ParameterRules.All,
        .. TlsRules.All,
        .. FileRules.All,
        .. InstallationRules.All,
        .. NetworkRules.All,
    ];

    /// <summary>What all rules say of a cluster, the worst first.</summary>
    public static IReadOnlyList<Finding> Apply(CheckedCluster cluster) =>
        [.. All.SelectMany(rule => rule.Apply(cluster)).OrderByDescending(finding => finding.Severity)];
}
