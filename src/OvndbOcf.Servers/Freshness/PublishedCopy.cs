namespace OvndbOcf.Servers.Freshness;

/// <summary>
/// What an instance publishes of itself in node attributes: the facts for the promoted instance, and with advice for people, to whom <c>crm_mon
/// -A</c> shows it.
/// </summary>
/// <param name="State">What it is: <c>Promoted</c>, or how its copies compare.</param>
/// <param name="Link">What the promoted instance has to know.</param>
/// <param name="Number">The promotion whose data it holds; 0 if none is known.</param>
/// <param name="Advice">What is wrong and what to do, for people; empty where all is well.</param>
public sealed record PublishedCopy(string State, PublishedLink Link, long Number, string Advice)
{
    /// <summary>The value, such as <c>Current promotion=7 id=3f2c… nb=10.0.0.3:40112 sb=10.0.0.3:40114</c>; a dash stands for what is not there.</summary>
    public override string ToString()
    {
        var facts = $"{State} promotion={Number} id={Link.Promotion?.ToString("D") ?? "-"} nb={Link.Ends?.Northbound ?? "-"} sb={Link.Ends?.Southbound ?? "-"}";
        return Advice.Length == 0 ? facts : $"{facts} {Advice}";
    }

    /// <summary>What the promoted instance has to know of such a value. What is not in it is not there.</summary>
    public static PublishedLink ParseLink(string text)
    {
        string? id = null, northbound = null, southbound = null;
        foreach (var word in text.Split(' ', 6))
        {
            id ??= After(word, "id=");
            northbound ??= After(word, "nb=");
            southbound ??= After(word, "sb=");
        }

        return new PublishedLink(
            Guid.TryParseExact(id, "D", out var promotion) ? promotion : null,
            northbound is null or "-" || southbound is null or "-" ? null : new LinkEnds(northbound, southbound));
    }

    private static string? After(string word, string key) => word.StartsWith(key, StringComparison.Ordinal) ? word[key.Length..] : null;
}
