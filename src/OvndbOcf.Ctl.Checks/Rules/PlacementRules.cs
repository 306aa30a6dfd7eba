using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The constraints between the databases and their virtual address, and on nodes.</summary>
internal static class PlacementRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("colocation-missing", Severity.Error, ColocationMissing),
        new("colocation-role", Severity.Error, ColocationRole),
        new("colocation-weak", Severity.Error, ColocationWeak),
        new("colocation-address-first", Severity.Hint, ColocationAddressFirst),
        new("order-missing", Severity.Warning, OrderMissing),
        new("order-action", Severity.Warning, OrderAction),
        new("order-kind", Severity.Warning, OrderKind),
        new("order-address-first", Severity.Hint, OrderAddressFirst),
        new("location-ban", Severity.Warning, Bans),
        new("symmetric-cluster", Severity.Error, Symmetric),
    ];

    private static Verdict ColocationMissing(CheckedCluster cluster) =>
        cluster.AddressResource is { } address && !Colocations(cluster, address).Any()
            ? Verdict.Of(
                $"nothing keeps {address.OuterId} where {cluster.Primitive.OuterId} is promoted: clients would find a node without active servers",
                Pcs.Colocate(address.OuterId, cluster.Primitive.OuterId)
            )
            : Verdict.Fine;

    // With the role of the promoted instance in either place; what sets mean depends on more than two ends, so they count as right.
    private static Verdict ColocationRole(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address || Colocations(cluster, address).Any(IsWithPromoted)
            ? Verdict.Fine
            : Verdict.Of(
                Colocations(cluster, address)
                    .Select(colocation => new Problem(
                        $"the colocation {colocation.Id} does not name the role Promoted: the address may be where servers are backups",
                        Recolocate(cluster, address, colocation)
                    ))
            );

    private static Verdict ColocationWeak(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address
            ? Verdict.Fine
            : Verdict.Of(
                Colocations(cluster, address)
                    .Where(colocation => IsWithPromoted(colocation) && colocation.Score is not Score.Infinity)
                    .Select(colocation => new Problem(
                        $"the score of the colocation {colocation.Id} is not INFINITY: the cluster may put the address elsewhere",
                        Recolocate(cluster, address, colocation)
                    ))
            );

    private static Verdict ColocationAddressFirst(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address
            ? Verdict.Fine
            : Verdict.Of(
                Colocations(cluster, address)
                    .Where(colocation => IsWithPromoted(colocation) && IsAddressFirst(colocation, address))
                    .Select(colocation => new Problem(
                        $"the colocation {colocation.Id} places the address first, without regard to who may be promoted: if its node may not be, nobody is",
                        Recolocate(cluster, address, colocation)
                    ))
            );

    private static Verdict OrderMissing(CheckedCluster cluster) =>
        cluster.AddressResource is { } address && !Orders(cluster, address).Any()
            ? Verdict.Of(
                $"nothing says that {address.OuterId} starts after the promotion of {cluster.Primitive.OuterId}: clients may find servers behind it that are not active yet",
                Pcs.Order(address.OuterId, cluster.Primitive.OuterId)
            )
            : Verdict.Fine;

    private static Verdict OrderAction(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address
            ? Verdict.Fine
            : Verdict.Of(
                Orders(cluster, address)
                    .Where(order => cluster.Primitive.IsMeantBy(order.First.Id) && order.First.Role != "promote")
                    .Select(order => new Problem(
                        $"the order {order.Id} waits for '{order.First.Role} {order.First.Id}', not for its promotion: clients may find servers behind the address that are not active yet",
                        Reorder(cluster, address, order)
                    ))
            );

    private static Verdict OrderKind(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address
            ? Verdict.Fine
            : Verdict.Of(
                Orders(cluster, address)
                    .Where(order => order.Kind != "Mandatory")
                    .Select(order => new Problem(
                        $"the order {order.Id} is {order.Kind}: it counts only where both happen at the same time",
                        Reorder(cluster, address, order)
                    ))
            );

    // 'start VIP then promote X', and in OVN's original guide 'VIP then X', which stops all instances whenever the address moves.
    private static Verdict OrderAddressFirst(CheckedCluster cluster) =>
        cluster.AddressResource is not { } address
            ? Verdict.Fine
            : Verdict.Of(
                Orders(cluster, address)
                    .Where(order => address.IsMeantBy(order.First.Id))
                    .Select(order => new Problem(
                        order.Then.Role == "promote"
                            ? $"the order {order.Id} starts the address before the promotion: a client may find a server behind it that is not active yet"
                            : $"the order {order.Id} starts the address before the databases: all instances stop whenever it moves",
                        Reorder(cluster, address, order)
                    ))
            );

    private static Verdict Bans(CheckedCluster cluster) =>
        Verdict.Of(
            cluster
                .Configuration.LeftBehind(cluster.Primitive)
                .Concat(cluster.AddressResource is { } address ? cluster.Configuration.LeftBehind(address) : [])
                .DistinctBy(location => location.Id)
                .Select(location => new Problem(
                    $"the constraint {location.Id} is left over from moving {location.Resource} by hand: the cluster still {(location.IsBanByHand ? "keeps it away from" : "prefers")} {location.Node ?? "a node"}",
                    Pcs.DeleteConstraint(location.Id)
                ))
        );

    private static Verdict Symmetric(CheckedCluster cluster) =>
        cluster.Configuration.Flag("symmetric-cluster") == false
        && !cluster.Configuration.Locations.Any(location =>
            cluster.Primitive.IsMeantBy(location.Resource) && location.Score is null or >= 0
        )
            ? Verdict.Of(
                $"symmetric-cluster is false, and no location constraint lets {cluster.Primitive.OuterId} run anywhere",
                Shell.Command([
                    "pcs",
                    "constraint",
                    "location",
                    cluster.Primitive.OuterId,
                    "prefers",
                    .. cluster.Configuration.Nodes.Select(node => $"{node}=0"),
                ])
            )
            : Verdict.Fine;

    private static bool IsWithPromoted(ColocationConstraint colocation) =>
        colocation.Dependent.Role == RoleNames.Promoted || colocation.Primary.Role == RoleNames.Promoted;

    private static bool IsAddressFirst(ColocationConstraint colocation, PrimitiveResource address) =>
        !colocation.IsSet && address.IsMeantBy(colocation.Primary.Id);

    private static IEnumerable<ColocationConstraint> Colocations(CheckedCluster cluster, PrimitiveResource address) =>
        cluster
            .Configuration.Colocations.Where(colocation =>
                AreMeant(cluster, address, colocation.Dependent, colocation.Primary) && colocation.Score is not < 0
            )
            .DistinctBy(colocation => colocation.Id);

    private static IEnumerable<OrderConstraint> Orders(CheckedCluster cluster, PrimitiveResource address) =>
        cluster.Configuration.Orders.Where(order => AreMeant(cluster, address, order.First, order.Then)).DistinctBy(order => order.Id);

    private static bool AreMeant(CheckedCluster cluster, PrimitiveResource address, ConstraintEnd one, ConstraintEnd other) =>
        (cluster.Primitive.IsMeantBy(one.Id) && address.IsMeantBy(other.Id))
        || (address.IsMeantBy(one.Id) && cluster.Primitive.IsMeantBy(other.Id));

    // A set is about others, too, so that only a person can change it.
    private static string? Recolocate(CheckedCluster cluster, PrimitiveResource address, ColocationConstraint old) =>
        old.IsSet ? null : Shell.Then(Pcs.DeleteConstraint(old.Id), Pcs.Colocate(address.OuterId, cluster.Primitive.OuterId));

    private static string? Reorder(CheckedCluster cluster, PrimitiveResource address, OrderConstraint old) =>
        Shell.Then(Pcs.DeleteConstraint(old.Id), Pcs.Order(address.OuterId, cluster.Primitive.OuterId));
}
