using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Ctl.Metrics;

/// <summary>Makes metrics of what was found out. What is not known has no sample. Pure.</summary>
internal static class MetricsBuilder
{
    /// <summary>The metrics, in the order in which they are printed.</summary>
    public static IReadOnlyList<MetricFamily> Build(Findings findings) =>
        [.. OfTheRun(findings), .. OfTheCluster(findings), .. OfResources(findings), .. OfThisNode(findings)];

    private static IEnumerable<MetricFamily> OfTheRun(Findings findings) =>
        [
            new("ovndb_build_info", "The version of ovndbctl.", [new Sample([new Label("version", findings.Version)], 1)]),
            One("ovndb_collected_timestamp_seconds", "When the values were found out.", findings.Begin.ToUnixTimeMilliseconds() / 1000.0),
            One("ovndb_collection_duration_seconds", "How long that took.", findings.Duration.TotalSeconds),
            new(
                "ovndb_source_readable",
                "Whether a source could be read; where not, the samples that come from it are missing.",
                findings.Resources is { } resources
                    ?
                    [
                        .. resources.SelectMany(resource =>
                            Sources
                                .Of(resource.Facts)
                                .Select(source => new Sample(
                                    [Resource(resource), new Label("source", source.Name)],
                                    Flag(source.IsReadable)
                                ))
                        ),
                    ]
                    : [new Sample([new Label("source", Sources.Configuration)], 0)]
            ),
            One("ovndb_resources", "How many resources of the agent the cluster has.", findings.Resources?.Count),
        ];

    // The same for each resource.
    private static IEnumerable<MetricFamily> OfTheCluster(Findings findings)
    {
        var any = findings.Resources is [var first, ..] ? first : null;
        return
        [
            One(
                "ovndb_pacemaker_up",
                "Whether Pacemaker answers on this node.",
                findings.Resources is null ? 0
                    : any is null ? null
                    : Flag(any.View.PacemakerAnswers && any.Facts.Status is not null)
            ),
            One("ovndb_cluster_quorate", "Whether this node's partition has quorum.", Flag(any?.View.HasQuorum)),
            One("ovndb_cluster_maintenance_mode", "Whether Pacemaker leaves all resources alone.", Flag(any?.View.IsInMaintenance)),
            new(
                "ovndb_node_online",
                "Whether a node takes part in the cluster and runs resources.",
                [
                    .. (any?.View.Nodes ?? [])
                        .Where(node => node.Condition != NodeCondition.Unknown)
                        .Select(node => new Sample([Node(node)], Flag(node.Condition == NodeCondition.Online))),
                ]
            ),
        ];
    }

    private static IEnumerable<MetricFamily> OfResources(Findings findings) =>
        [
            OfInstances(
                "ovndb_instance_running",
                "Whether Pacemaker runs an instance on a node.",
                findings,
                (_, node) =>
                    node.Role == InstanceRole.Stopped ? 0
                    : IsRunning(node) ? 1
                    : null
            ),
            OfInstances(
                "ovndb_instance_promoted",
                "Whether Pacemaker has promoted the instance on a node.",
                findings,
                (_, node) => node.Role == InstanceRole.Stopped || IsRunning(node) ? Flag(node.Role == InstanceRole.Promoted) : null
            ),
            OfInstances(
                "ovndb_promotion_score",
                "The promotion score on a node; below 0 it must not be promoted, -1000000 is -INFINITY.",
                findings,
                (_, node) => node.Score
            ),
            OfInstances(
                "ovndb_failed_actions",
                "Failed actions on a node that Pacemaker remembers.",
                findings,
                (resource, node) =>
                    resource.Facts.Status?.Failures.Count(failure =>
                        failure.Resource == resource.View.Resource && failure.Node == node.Name
                    )
            ),
            Each("ovndb_promotion_number", "The number of the latest promotion.", findings, resource => resource.View.Promotion?.Number),
            Each(
                "ovndb_promotion_timestamp_seconds",
                "When it was, or when it ended as planned.",
                findings,
                resource => resource.View.Promotion?.Time.ToUnixTimeMilliseconds() / 1000.0
            ),
            Each(
                "ovndb_promotion_complete",
                "Whether the promoted copy provably had every row of the promotion before.",
                findings,
                resource => Flag(resource.View.Promotion?.Complete)
            ),
            Each(
                "ovndb_move_constraints",
                "Constraints that a move of the resource by a person left behind.",
                findings,
                resource => resource.View.Moves.Count
            ),
            new(
                "ovndb_problems",
                "How many problems ovndbctl list tells.",
                [
                    .. (findings.Resources ?? []).SelectMany(resource =>
                        Enum.GetValues<ProblemSeverity>()
                            .Select(severity => new Sample(
                                [Resource(resource), new Label("severity", Lower(severity))],
                                resource.View.Problems.Count(problem => problem.Severity == severity)
                            ))
                    ),
                ]
            ),
        ];

    private static IEnumerable<MetricFamily> OfThisNode(Findings findings) =>
        [
            OfDatabases(
                "ovndb_up",
                "Whether the server of a database answers on this node.",
                findings,
                (local, _, database) =>
                    local.Servers.Of(database) switch
                    {
                        { IsResponsive: true } => 1,
                        { State: ServerState.NotRunning or ServerState.Hung } => 0,
                        _ => null,
                    }
            ),
            OfDatabases(
                "ovndb_active",
                "Whether the server of a database on this node takes writes.",
                findings,
                (local, _, database) =>
                    local.Servers.Of(database) switch
                    {
                        { State: ServerState.Active } => 1,
                        { IsBackup: true } or { State: ServerState.NotRunning } => 0,
                        _ => null,
                    }
            ),
            OfDatabases(
                "ovndb_replicating",
                "Whether a backup on this node has its source's contents and follows the changes.",
                findings,
                (local, _, database) =>
                    local.Servers.Of(database) is { IsBackup: true } server ? Flag(server.State == ServerState.Replicating) : null
            ),
            OfDatabases(
                "ovndb_copy_promotion_number",
                "The number of the promotion whose data the copy on this node holds.",
                findings,
                (_, view, _) => view.Promotion
            ),
            new(
                "ovndb_schema_info",
                "The schema of a database on this node.",
                [
                    .. Databases(findings)
                        .Where(one => one.View.Schema is not null)
                        .Select(one => new Sample([.. one.Labels, new Label("version", one.View.Schema!)], 1)),
                ]
            ),
            OfDatabases("ovndb_file_bytes", "The size of a database's file on this node.", findings, (_, view, _) => view.FileBytes),
            OfDatabases(
                "ovndb_set_aside_files",
                "Files of a database that are set aside on this node, as they may hold rows that no other copy has.",
                findings,
                (_, view, _) => view.SetAside
            ),
            OfDatabases(
                "ovndb_set_aside_timestamp_seconds",
                "When the latest of them was set aside.",
                findings,
                (local, _, database) => local.FilesOf(database).LatestAside?.ToUnixTimeMilliseconds() / 1000.0
            ),
            Each(
                "ovndb_northd_running",
                "Whether ovn-northd runs on this node and works for these databases.",
                findings,
                resource =>
                    resource.Facts.Local is null or { Northd: NorthdState.NotManaged }
                        ? null
                        : Flag(resource.Facts.Local.Northd == NorthdState.Running)
            ),
            Each(
                "ovndb_address_held",
                "Whether this node has the address that clients connect to.",
                findings,
                // One that no resource of the cluster moves is elsewhere, such as on a load balancer.
                resource => resource is { Facts.Local: { } local, View.Address.Resource: not null } ? Flag(local.HasAddress) : null
            ),
        ];

    private static MetricFamily One(string name, string help, double? value) =>
        new(name, help, value is { } known ? [new Sample([], known)] : []);

    private static MetricFamily Each(string name, string help, Findings findings, Func<ResourceFindings, double?> value) =>
        new(
            name,
            help,
            Samples((findings.Resources ?? []).Select(resource => ((IReadOnlyList<Label>)[Resource(resource)], value(resource))))
        );

    private static MetricFamily OfInstances(string name, string help, Findings findings, Func<ResourceFindings, NodeView, double?> value) =>
        new(
            name,
            help,
            Samples(
                (findings.Resources ?? []).SelectMany(resource =>
                    resource.View.Nodes.Select(node => ((IReadOnlyList<Label>)[Resource(resource), Node(node)], value(resource, node)))
                )
            )
        );

    private static MetricFamily OfDatabases(
        string name,
        string help,
        Findings findings,
        Func<LocalFacts, DatabaseView, OvnDatabase, double?> value
    ) => new(name, help, Samples(Databases(findings).Select(one => (one.Labels, value(one.Facts, one.View, one.Database)))));

    private static IEnumerable<OneDatabase> Databases(Findings findings)
    {
        foreach (var resource in findings.Resources ?? [])
        {
            if (resource is { Facts.Local: { } local, Here: { } here })
            {
                yield return Of(OvnDatabase.Northbound, here.Northbound);
                yield return Of(OvnDatabase.Southbound, here.Southbound);

                OneDatabase Of(OvnDatabase database, DatabaseView view) =>
                    new(local, view, database, [Resource(resource), new Label("database", Lower(database))]);
            }
        }
    }

    private static IReadOnlyList<Sample> Samples(IEnumerable<(IReadOnlyList<Label> Labels, double? Value)> values) =>
        [.. values.Where(one => one.Value is not null).Select(one => new Sample(one.Labels, one.Value!.Value))];

    private static bool IsRunning(NodeView node) => node.Role is InstanceRole.Promoted or InstanceRole.Unpromoted;

    private static Label Resource(ResourceFindings resource) => new("resource", resource.View.Resource);

    private static Label Node(NodeView node) => new("node", node.Name);

    private static double? Flag(bool? value) => value is { } known ? Flag(known) : null;

    private static double Flag(bool value) => value ? 1 : 0;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private sealed record OneDatabase(LocalFacts Facts, DatabaseView View, OvnDatabase Database, IReadOnlyList<Label> Labels);
}
