using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The parameters of the resource.</summary>
internal static class ParameterRules
{
    // Each client is a connection, and each chassis is a client of the Southbound server.
    private const int FewFiles = 8192;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("parameter-wrong", Severity.Error, Wrong),
        new("parameter-unknown", Severity.Warning, Unknown),
        new("outdated-copies", Severity.Warning, OutdatedCopies),
        new("client-probe", Severity.Warning, ClientProbe),
        new("active-probe", Severity.Warning, ActiveProbe),
        new("max-open-files", Severity.Warning, MaxOpenFiles),
        new("set-aside-count", Severity.Warning, SetAside),
        new("replicate-from", Severity.Hint, ReplicateFrom),
    ];

    private static Verdict Wrong(CheckedCluster cluster) =>
        Verdict.Of(
            cluster.Resource.Problems.Select(problem => new Problem(
                problem.ToString(),
                IsRequired(problem.Parameter) ? null : Pcs.Update(cluster.Primitive.Id, problem.Parameter + "=")
            ))
        );

    private static bool IsRequired(string name) => ParameterTable.All.Any(parameter => parameter.Name == name && parameter.Required);

    private static Verdict Unknown(CheckedCluster cluster) =>
        Verdict.Of(
            cluster
                .Primitive.Parameters.Keys.Where(name => ParameterTable.All.All(parameter => parameter.Name != name))
                .Select(name => new Problem(
                    $"the agent has no parameter {name}, so what it says does not count; 'pcs resource describe ocf:ovn:ovndb-servers' shows all",
                    Shell.Command("pcs", "resource", "update", cluster.Primitive.Id, name + "=", "--force")
                ))
        );

    private static Verdict OutdatedCopies(CheckedCluster cluster) =>
        cluster.Parameters.OutdatedPolicy == OutdatedPolicy.Allow
            ? Verdict.Of(
                "outdated_copies is allow: a copy that lacks acknowledged rows may be promoted without anybody being asked",
                Pcs.Update(cluster.Primitive.Id, "outdated_copies=refuse")
            )
            : Verdict.Fine;

    private static Verdict ClientProbe(CheckedCluster cluster) =>
        cluster.Parameters.ClientProbeInterval == 0
            ? Verdict.Of(
                "inactive_probe_interval is 0: connections of clients that vanished stay open for ever",
                SetDefault(cluster, "inactive_probe_interval")
            )
            : Verdict.Fine;

    private static Verdict ActiveProbe(CheckedCluster cluster) =>
        cluster.Parameters.ActiveProbeInterval == 0
            ? Verdict.Of(
                "inactive_probe_interval_to_master is 0: a backup does not notice an active server that vanished without closing the connection",
                SetDefault(cluster, "inactive_probe_interval_to_master")
            )
            : Verdict.Fine;

    private static Verdict MaxOpenFiles(CheckedCluster cluster) =>
        cluster.Parameters.MaxOpenFiles < FewFiles
            ? Verdict.Of(
                $"max_open_files is {cluster.Parameters.MaxOpenFiles}: so many clients at most get in",
                SetDefault(cluster, "max_open_files")
            )
            : Verdict.All(
                cluster.Node.Databases.Select(database =>
                    database.OpenFiles.Judge(limit =>
                        limit is { } number && number < FewFiles
                            ? Verdict.Of(
                                $"the {database.Parameters.Label} server may have {number} files open here, though max_open_files is {cluster.Parameters.MaxOpenFiles}: the machine's limit is lower; raise LimitNOFILE of pacemaker.service, or the container's limit"
                            )
                            : Verdict.Fine
                    )
                )
            );

    private static Verdict SetAside(CheckedCluster cluster) =>
        cluster.Parameters.SetAsideCount == 0
            ? Verdict.Of(
                "set_aside_count is 0: rows that only a former active server has are lost when it returns as a backup",
                SetDefault(cluster, "set_aside_count")
            )
            : Verdict.Fine;

    private static Verdict ReplicateFrom(CheckedCluster cluster) =>
        cluster.Topology.FollowsNodes
            ? Verdict.Fine
            : Verdict.Of(
                "replicate_from is master_ip: a planned move takes the address away first, and can lose the last rows",
                SetDefault(cluster, "replicate_from")
            );

    private static string? SetDefault(CheckedCluster cluster, string name) =>
        Pcs.Update(cluster.Primitive.Id, $"{name}={ParameterTable.DefaultOf(name)}");
}
