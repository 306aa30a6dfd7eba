namespace OvndbOcf.Decisions.Copies;

/// <summary>The two ends of a backup's connections, as the active server's kernel shows them, such as <c>10.0.0.3:40112</c>.</summary>
/// <param name="Northbound">Of its Northbound server.</param>
/// <param name="Southbound">Of its Southbound server.</param>
public sealed record LinkEnds(string Northbound, string Southbound);

/// <summary>What the promoted instance knows of a backup's connections.</summary>
public enum LinkState
{
    /// <summary>It is there; its connections have not been found among the server's own.</summary>
    Expected,

    /// <summary>Both connections were found.</summary>
    Linked,

    /// <summary>They were found once, and are gone, or the backup says that it has them no longer.</summary>
    Lost,
}

/// <summary>What the promoted instance remembers of one backup.</summary>
/// <param name="State">How its connections are.</param>
/// <param name="Ends">The connections that this was last said of; null if none were known.</param>
public sealed record LinkMemory(LinkState State, LinkEnds? Ends);

/// <summary>What a backup publishes of itself.</summary>
/// <param name="Promotion">The promotion that both of its copies hold; null if they do not hold the same one.</param>
/// <param name="Ends">Its connections to the active servers; null if it has not got both.</param>
public sealed record PublishedLink(Guid? Promotion, LinkEnds? Ends)
{
    /// <summary>Something is published that this version of the agent does not understand.</summary>
    public static PublishedLink Unreadable { get; } = new(null, null) { IsReadable = false };

    /// <summary>Whether it was understood; if not, nothing else here means anything.</summary>
    public bool IsReadable { get; init; } = true;
}

/// <summary>The result: what to remember, and which copies are outdated now.</summary>
/// <param name="Memory">By node.</param>
/// <param name="Outdated">In alphabetical order.</param>
public sealed record LinkFindings(IReadOnlyDictionary<string, LinkMemory> Memory, IReadOnlyList<string> Outdated);

/// <summary>
/// Decides, on the promoted node, which backups have been cut off while it lives. Safe means outdated: a mark that was not needed goes away as soon as the backup is found connected again, one that is
/// missing could let a stale copy be promoted.
/// </summary>
public static class LinkTracker
{
    /// <summary>
    /// What to remember at a promotion: that each other instance may follow. One may come and go before it is ever looked at, with the marker in its copies; if it were not remembered, nobody would
    /// miss it.
    /// </summary>
    /// <param name="others">The nodes of all other instances.</param>
    public static IReadOnlyDictionary<string, LinkMemory> Initial(IEnumerable<string> others) =>
        new SortedDictionary<string, LinkMemory>(
            others.ToDictionary(node => node, _ => new LinkMemory(LinkState.Expected, null)),
            StringComparer.Ordinal
        );

    /// <summary>The next state of all backups.</summary>
    /// <param name="memory">What was remembered, at first <see cref="Initial"/>.</param>
    /// <param name="published">What the backups that are members of the cluster publish now; for a member that publishes nothing, nothing is known.</param>
    /// <param name="established">The remote ends of all connections that the active servers have.</param>
    /// <param name="outdated">The nodes that are marked.</param>
    /// <param name="promotion">The promotion of this instance.</param>
    /// <param name="isDirect">Whether backups connect to this node's own address, so that their ends of the connections are seen as they are.</param>
    public static LinkFindings Update(
        IReadOnlyDictionary<string, LinkMemory> memory,
        IReadOnlyDictionary<string, PublishedLink> published,
        IReadOnlySet<string> established,
        IReadOnlyCollection<string> outdated,
        Guid promotion,
        bool isDirect
    )
    {
        var remembered = new SortedDictionary<string, LinkMemory>(StringComparer.Ordinal);
        var marked = new SortedSet<string>(outdated, StringComparer.Ordinal);
        foreach (var node in Names(memory, published))
        {
            var before = memory.GetValueOrDefault(node);
            var (after, isOutdated) = Next(before, published.GetValueOrDefault(node), established, promotion, isDirect);
            if (after is not null)
            {
                remembered[node] = after;
            }

            if (isOutdated == true)
            {
                marked.Add(node);
            }
            else if (isOutdated == false)
            {
                marked.Remove(node);
            }
        }

        return new LinkFindings(remembered, [.. marked]);
    }

    /// <summary>What to remember of a backup, and whether it is outdated; null for no change of the latter.</summary>
    private static (LinkMemory? Memory, bool? IsOutdated) Next(
        LinkMemory? before,
        PublishedLink? published,
        IReadOnlySet<string> established,
        Guid promotion,
        bool isDirect
    )
    {
        if (published is { Ends: { } ends } && published.Promotion == promotion && IsEstablished(ends, established))
        {
            return (new LinkMemory(LinkState.Linked, ends), false);
        }

        if (published is null)
        {
            // No member of the cluster any more, as far as anybody knows. Connections to a machine that lost power look as if they were there for a long time.
            return (null, before is null ? null : true);
        }

        if (
            before is { State: LinkState.Linked, Ends: { } known }
            && IsEstablished(known, established)
            && (!published.IsReadable || published.Ends == known)
        )
        {
            // What it publishes of its copies may be behind; its connections are not. Where it says itself that it has others by now, or none, that is newer than what was remembered, and this node's kernel
            // does not have to know: on a network that swallows packets it shows a connection for minutes after the other side gave it up.
            return (before, null);
        }

        if (!published.IsReadable)
        {
            // It may have the promotion's marker and be cut off: whoever understands it finds it connected again.
            return (new LinkMemory(LinkState.Lost, before?.Ends), true);
        }

        if (before is { State: LinkState.Linked or LinkState.Lost })
        {
            return (new LinkMemory(LinkState.Lost, published.Ends ?? before.Ends), true);
        }

        // Never found. Where something stands between, such as a load balancer, what the backup says of itself has to do.
        var expected = new LinkMemory(LinkState.Expected, published.Ends);
        return published.Promotion != promotion ? (expected, null)
            : published.Ends is null ? (expected, true)
            : (expected, isDirect ? null : false);
    }

    private static bool IsEstablished(LinkEnds ends, IReadOnlySet<string> established) =>
        established.Contains(ends.Northbound) && established.Contains(ends.Southbound);

    private static SortedSet<string> Names(
        IReadOnlyDictionary<string, LinkMemory> memory,
        IReadOnlyDictionary<string, PublishedLink> published
    ) => new(memory.Keys.Concat(published.Keys), StringComparer.Ordinal);
}
