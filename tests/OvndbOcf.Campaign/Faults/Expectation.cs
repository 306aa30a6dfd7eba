namespace OvndbOcf.Campaign.Faults;

/// <summary>Something that the cluster has to come to.</summary>
/// <param name="What">What it is, for people.</param>
/// <param name="Check">Fails while it is not so.</param>
internal sealed record Expectation(string What, Func<FaultSite, CancellationToken, Task> Check)
{
    /// <summary>How long it may take at most, in seconds, where that is not the time in which a cluster has to be whole.</summary>
    public double? Limit { get; init; }

    /// <summary>Clients that connect anew can write to NB through the address. The row has a name of its own: one that was left behind must not be in the way.</summary>
    public static Expectation ClientsCanWrite { get; } =
        new(
            "clients can connect and write to NB",
            (site, stop) =>
                site.AnywhereAsync(
                    """
                    nbctl() { ovn-nbctl --no-leader-only --timeout=3 --db="tcp:$VIP:6641" "$@"; }
                    name="expectation-$RANDOM-$RANDOM"
                    nbctl ha-chassis-group-add "$name" && nbctl ha-chassis-group-del "$name"
                    """,
                    stop
                )
        );
}
