using System.Globalization;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The clone that the databases have to be in.</summary>
internal static class ResourceRules
{
    // What virtual-ip.sh sets.
    private const string FailureTimeout = "failure-timeout=30s";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("not-promotable", Severity.Error, NotPromotable),
        new("notify-missing", Severity.Error, NotifyMissing),
        new("promoted-max", Severity.Error, PromotedMax),
        new("promoted-node-max", Severity.Warning, PromotedNodeMax),
        new("clone-node-max", Severity.Error, CloneNodeMax),
        new("no-backup", Severity.Error, NoBackup),
        new("clone-max", Severity.Hint, CloneMax),
        new("interleave", Severity.Warning, Interleave),
        new("migration-threshold", Severity.Warning, MigrationThreshold),
        new("failure-timeout", Severity.Hint, FailuresStay),
        new("resource-disabled", Severity.Warning, Disabled),
        new("resource-unmanaged", Severity.Warning, Unmanaged),
        new("shared-with-other-resource", Severity.Error, Shared),
    ];

    private static bool IsPromotable(CheckedCluster cluster) =>
        cluster.Primitive.Container is { } container
        && (
            container.Kind == ContainerKind.Bundle
                ? container.Meta.ContainsKey("promoted-max")
                : container.Meta.TryGetValue("promotable", out var promotable) && OcfBoolean.TryParse(promotable) == true
        );

    private static Verdict NotPromotable(CheckedCluster cluster) =>
        IsPromotable(cluster)
            ? Verdict.Fine
            : cluster.Primitive.Container switch
            {
                null => Verdict.Of(
                    $"{cluster.Primitive.Id} is not in a promotable clone, so no server becomes active",
                    Shell.Command("pcs", "resource", "promotable", cluster.Primitive.OuterId, "meta", "notify=true", "promoted-max=1")
                ),
                { Kind: ContainerKind.Bundle } bundle => Verdict.Of(
                    $"the bundle {bundle.Id} has no promoted-max, so no server becomes active",
                    Shell.Command("pcs", "resource", "bundle", "update", bundle.Id, "container", "promoted-max=1")
                ),
                { } clone => Verdict.Of(
                    $"{clone.Id} is not promotable, so no server becomes active",
                    Pcs.Meta(clone.Id, "promotable=true")
                ),
            };

    private static Verdict NotifyMissing(CheckedCluster cluster) =>
        cluster.Primitive.Container is not { } container
        || (cluster.CloneOption("notify") is { } notify && OcfBoolean.TryParse(notify) == true)
            ? Verdict.Fine
            : Verdict.Of(
                $"{container.Id} has no notify=true: backups learn of a promotion at their next monitor only, and what a copy is worth is not compared before a promotion",
                Pcs.Meta(container.Kind == ContainerKind.Bundle ? cluster.Primitive.Id : container.Id, "notify=true")
            );

    private static Verdict PromotedMax(CheckedCluster cluster) =>
        IsPromotable(cluster) && Number(cluster.CloneOption("promoted-max", "master-max")) is { } count and not 1
            ? Verdict.Of(
                $"promoted-max is {count}: active servers would each take writes that the others lack",
                SetCloneOption(cluster, "promoted-max", "master-max")
            )
            : Verdict.Fine;

    private static Verdict PromotedNodeMax(CheckedCluster cluster) =>
        Number(cluster.CloneOption("promoted-node-max", "master-node-max")) is { } count and not 1
            ? Verdict.Of(
                $"promoted-node-max is {count}: a node can have one active pair of servers only",
                SetCloneOption(cluster, "promoted-node-max", "master-node-max")
            )
            : Verdict.Fine;

    private static Verdict CloneNodeMax(CheckedCluster cluster) =>
        Number(cluster.CloneOption("clone-node-max")) is { } count and > 1
            ? Verdict.Of(
                $"clone-node-max is {count}: two instances on a node would use the same files, sockets and ports",
                cluster.Primitive.Container is { Kind: ContainerKind.Bundle } bundle
                    ? Shell.Command("pcs", "resource", "bundle", "update", bundle.Id, "container", "replicas-per-host=1")
                    : SetCloneOption(cluster, "clone-node-max")
            )
            : Verdict.Fine;

    private static Verdict NoBackup(CheckedCluster cluster) =>
        Number(cluster.CloneOption("clone-max")) is 1
            ? Verdict.Of("clone-max is 1: there is no backup, so nothing survives the loss of a node", RemoveCloneMax(cluster))
            : Verdict.Fine;

    private static Verdict CloneMax(CheckedCluster cluster) =>
        Number(cluster.CloneOption("clone-max")) is { } count and > 1 && count < cluster.Configuration.Nodes.Count
            ? Verdict.Of(
                $"clone-max is {count}, and the cluster has {cluster.Configuration.Nodes.Count} nodes: when a node fails, another one may have to start from an empty copy",
                RemoveCloneMax(cluster)
            )
            : Verdict.Fine;

    // It is about what comes after the clone: without it an instance waits for those of all other nodes.
    private static Verdict Interleave(CheckedCluster cluster)
    {
        if (
            cluster.Primitive.Container is not { Kind: ContainerKind.Clone } clone
            || (cluster.CloneOption("interleave") is { } text && OcfBoolean.TryParse(text) == true)
        )
        {
            return Verdict.Fine;
        }

        var dependent = cluster
            .Configuration.Orders.Where(order => cluster.Primitive.IsMeantBy(order.First.Id))
            .Select(order => order.Then.Id)
            .FirstOrDefault(id =>
                cluster.Configuration.Primitives.Any(other => other.Container is { Kind: ContainerKind.Clone } && other.IsMeantBy(id))
            );
        return dependent is null
            ? Verdict.Fine
            : Verdict.Of(
                $"{dependent} is a clone that waits for {clone.Id}, which has no interleave=true: each of its instances is restarted when an instance of the databases stops on any node",
                Pcs.Meta(clone.Id, "interleave=true")
            );
    }

    private static Verdict MigrationThreshold(CheckedCluster cluster) =>
        cluster.Configuration.Meta(cluster.Primitive, "migration-threshold") is { } threshold
        && Servers.Parameters.ClusterRules.RiskOfThreshold(threshold.Value) is { } risk
            ? Verdict.Of(
                risk,
                Pcs.Meta(
                    threshold.Owner ?? cluster.Primitive.Id,
                    threshold.Owner is null ? "migration-threshold=INFINITY" : "migration-threshold="
                )
            )
            : Verdict.Fine;

    private static Verdict FailuresStay(CheckedCluster cluster) =>
        cluster.Configuration.Meta(cluster.Primitive, "failure-timeout") is { } timeout
            ? Duration.TryParse(timeout.Value) is { } time && time > TimeSpan.Zero
                ? Verdict.Fine
                : Verdict.Of(
                    $"failure-timeout is {timeout.Value}: a failure that was recovered from stays on record until somebody removes it",
                    Pcs.Meta(timeout.Owner ?? cluster.Primitive.Id, FailureTimeout)
                )
            : Verdict.Of(
                "failure-timeout is not set: a failure that was recovered from stays on record until somebody removes it",
                Pcs.Meta(cluster.Primitive.Id, FailureTimeout)
            );

    private static Verdict Disabled(CheckedCluster cluster) =>
        Verdict.Of(
            Resources(cluster).Select(resource => TargetRole.Of(cluster.Configuration, resource)).OfType<(string, string?)>().Select(Told)
        );

    private static Verdict Unmanaged(CheckedCluster cluster) =>
        Verdict.Of(Resources(cluster).SelectMany(resource => Rules.Unmanaged.Of(cluster.Configuration, resource)).Select(Told));

    private static IEnumerable<PrimitiveResource> Resources(CheckedCluster cluster) =>
        new[] { cluster.Primitive, cluster.AddressResource }.OfType<PrimitiveResource>();

    private static Problem Told((string Text, string? Command) found) => new(found.Text, found.Command);

    private static Verdict Shared(CheckedCluster cluster) =>
        Verdict.Of(
            cluster
                .Others.Select(other =>
                    (
                        other.Primitive.Id,
                        Shared: Decisions.Neighbours.DeploymentOverlap.Of(cluster.Parameters.Deployment, other.Parameters.Deployment)
                    )
                )
                .Where(other => other.Shared.Count > 0)
                .Select(other => new Problem(
                    $"resource {other.Id} has the same {string.Join(", ", other.Shared)}, so both would use the same servers and files; give each resource its own directories and ports, or delete one"
                ))
        );

    private static string? SetCloneOption(CheckedCluster cluster, params string[] names)
    {
        if (cluster.Primitive.Container is not { } container)
        {
            return null;
        }

        if (container.Kind == ContainerKind.Bundle)
        {
            return Shell.Command("pcs", "resource", "bundle", "update", container.Id, "container", $"{names[0]}=1");
        }

        // The old name would count beside the new one.
        return Pcs.Meta(container.Id, [$"{names[0]}=1", .. names[1..].Where(container.Meta.ContainsKey).Select(name => name + "=")]);
    }

    private static string? RemoveCloneMax(CheckedCluster cluster) =>
        cluster.Primitive.Container switch
        {
            { Kind: ContainerKind.Bundle } bundle => Shell.Command(
                "pcs",
                "resource",
                "bundle",
                "update",
                bundle.Id,
                "container",
                string.Create(CultureInfo.InvariantCulture, $"replicas={cluster.Configuration.Nodes.Count}")
            ),
            { } clone => Pcs.Meta(clone.Id, "clone-max="),
            null => null,
        };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
