using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>What is installed on this node.</summary>
internal static class InstallationRules
{
    private const string Advice = "install this agent on every node";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("agent-missing", Severity.Error, cluster => cluster.Node.Agent.Judge(agent => Missing(cluster, agent))),
        new("agent-other", Severity.Error, cluster => cluster.Node.Agent.Judge(agent => Other(cluster, agent))),
        new("agent-version", Severity.Hint, cluster => cluster.Node.Agent.Judge(agent => Version(cluster, agent))),
        new("agent-versions", Severity.Hint, cluster => cluster.AgentVersions.Judge(Versions)),
        new("services-enabled", Severity.Error, Services),
        new("schema-versions", Severity.Warning, Schemas),
    ];

    private static Verdict Missing(CheckedCluster cluster, InstalledAgent agent) =>
        agent switch
        {
            InstalledAgent.Missing => Verdict.Of(
                $"{cluster.Node.AgentPath} does not exist on this node, so nothing can run here; {Advice}"
            ),
            InstalledAgent.DanglingLink => Verdict.Of(
                $"{cluster.Node.AgentPath} is a link to nothing, as OVN's package leaves it, so nothing can run here; {Advice}"
            ),
            _ => Verdict.Fine,
        };

    private static Verdict Other(CheckedCluster cluster, InstalledAgent agent) =>
        agent == InstalledAgent.Other
            ? Verdict.Of($"{cluster.Node.AgentPath} is not this agent: an upgrade of OVN's package may have put its own there; {Advice}")
            : Verdict.Fine;

    private static Verdict Version(CheckedCluster cluster, InstalledAgent agent) =>
        agent == InstalledAgent.OtherVersion
            ? Verdict.Of($"{cluster.Node.AgentPath} has another version than ovndbctl; {Advice}")
            : Verdict.Fine;

    private static Verdict Versions(IReadOnlyDictionary<string, string> versions)
    {
        var found = versions
            .GroupBy(node => node.Value, node => node.Key)
            .OrderBy(version => version.Key, StringComparer.Ordinal)
            .Select(version => $"{version.Key} on {string.Join(", ", version.Order(StringComparer.Ordinal))}")
            .ToList();
        return found.Count <= 1
            ? Verdict.Fine
            : Verdict.Of($"the nodes have different versions of the agent: {string.Join("; ", found)}; finish the upgrade");
    }

    private static Verdict Services(CheckedCluster cluster) =>
        cluster.Node.EnabledServices.Judge(services =>
            services.Count == 0
                ? Verdict.Fine
                : Verdict.Of(
                    $"{string.Join(", ", services)} {(services.Count == 1 ? "is" : "are")} started at boot of this node, beside Pacemaker, and would serve the same databases",
                    Shell.Command(["systemctl", "disable", "--now", .. services])
                )
        );

    private static Verdict Schemas(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                database.ActiveSchemaVersion.Judge(active =>
                    active is null
                        ? Verdict.Fine
                        : database.SchemaVersion.Judge(own =>
                            own == active
                                ? Verdict.Fine
                                : Verdict.Of(
                                    $"the {database.Parameters.Label} schema is {own} here and {active} at the active server: the nodes have different versions of OVN; finish the upgrade"
                                )
                        )
                )
            )
        );
}
