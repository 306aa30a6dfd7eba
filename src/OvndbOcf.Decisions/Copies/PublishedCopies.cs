namespace OvndbOcf.Decisions.Copies;

/// <summary>What the instances publish of themselves, by node, each as <see cref="PublishedCopy.Facts"/>. Pure.</summary>
public static class PublishedCopies
{
    /// <summary>What the promoted instance has to know of the other instances, by node.</summary>
    /// <param name="published">What all publish.</param>
    /// <param name="me">The node of the promoted one.</param>
    public static IReadOnlyDictionary<string, PublishedLink> LinksOf(IReadOnlyDictionary<string, string> published, string me)
    {
        var links = new Dictionary<string, PublishedLink>(StringComparer.Ordinal);
        foreach (var (node, text) in published)
        {
            if (node != me)
            {
                links[node] = PublishedCopy.ParseLink(text);
            }
        }

        return links;
    }

    /// <summary>What the other instances published as their state, as far as copies can be compared by it.</summary>
    /// <param name="published">What all publish.</param>
    /// <param name="me">This node.</param>
    public static IReadOnlyList<NodeClaim> ClaimsOf(IReadOnlyDictionary<string, string> published, string me) =>
        [.. published.Where(fact => fact.Key != me).Select(fact => PublishedCopy.ParseClaim(fact.Key, fact.Value)).OfType<NodeClaim>()];

    /// <summary>Whether the node of a promotion says that it is the promoted one of that; null if that is not known.</summary>
    public static bool? IsPromoted(IReadOnlyDictionary<string, string>? published, PromotionMarker promotion) =>
        published is null ? null
        : published.TryGetValue(promotion.Node, out var text) ? PublishedCopy.IsPromoted(text, promotion.Id)
        : false;

    /// <summary>What the node of the latest promotion is doing, by what the instances publish.</summary>
    public static LatestSource SourceOf(IReadOnlyDictionary<string, string>? published, PromotionMarker? latest) =>
        published is null || latest is null ? LatestSource.Unknown
        : !published.ContainsKey(latest.Node) ? LatestSource.Absent
        : IsPromoted(published, latest) switch
        {
            true => LatestSource.Promoted,
            false => PublishedCopy.LacksPromotion(published[latest.Node], latest.Id) ? LatestSource.Replaced : LatestSource.Running,
            null => LatestSource.Unknown,
        };
}
