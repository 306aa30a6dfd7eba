using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// What an instance publishes of itself in node attributes: the facts for the promoted instance, and in words for people, to whom <c>crm_mon
/// -A</c> shows it.
/// </summary>
/// <param name="State">What it is: <see cref="Promoted"/>, or how its copies compare.</param>
/// <param name="Link">What the promoted instance has to know.</param>
/// <param name="Number">The promotion whose data it holds; 0 if none is known.</param>
/// <param name="Advice">What is wrong and what to do, for people; empty where all is well.</param>
/// <param name="Measure">The promotion on record by which the copies were measured; null if there was none.</param>
public sealed record PublishedCopy(string State, PublishedLink Link, long Number, string Advice, Guid? Measure)
{
    /// <summary>The state of the promoted instance; all others are those of <see cref="CopyState"/>.</summary>
    public const string Promoted = "Promoted";

    /// <summary>The state of a backup that has just been started: its copies are about to be replaced, and count for nothing until the next monitor tells.</summary>
    public const string Following = "Following";

    private const string AgentKey = "agent=";

    // Stands for what is not there.
    private const string Nothing = "-";

    /// <summary>Whether the node is able to take a promotion.</summary>
    public bool IsAble { get; init; } = true;

    /// <summary>Since when it has been seen to follow by its connections; null if it does not, or that is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The node whose data it receives; null if that is not known, or it receives none.</summary>
    public string? Source { get; init; }

    /// <summary>The version of the agent on the node, such as <c>0.1.0</c>; null if that is not said.</summary>
    public string? Agent { get; init; }

    private string SinceWord => Since is { } since ? " since=" + PromotionMarker.FormatTime(since) : string.Empty;

    private string Copies =>
        $"{State} promotion={Number} id={Text(Link.Promotion)} nb={Link.Ends?.Northbound ?? Nothing} sb={Link.Ends?.Southbound ?? Nothing}";

    private string AgentWord => Agent is null ? string.Empty : $" {AgentKey}{Agent}";

    /// <summary>For other instances, such as <c>Current promotion=7 id=3f2c… nb=10.0.0.3:40112 sb=10.0.0.3:40114 of=3f2c…</c>; a dash stands for what is not there, and further words for since when it has followed, for a node that is unable, and for the agent's version.</summary>
    public string Facts => $"{Copies} of={Text(Measure)}{SinceWord}{(IsAble ? string.Empty : " " + NodeClaim.Unable)}{AgentWord}";

    /// <summary>For people: with the advice if there is any, or else in a few words; empty where nothing can be said yet.</summary>
    public string Words => Advice.Length > 0 ? $"{Copies} {Advice}" : CopyWords.Of(State, Link.Ends is not null, Source, Number);

    /// <summary>What a node claims by such a value; null if it is none, or the node's copies are not those of a backup.</summary>
    public static NodeClaim? ParseClaim(string node, string text)
    {
        var words = text.Split(' ');
        if (
            !NodeClaim.TryParseState(words[0], out var state)
            || Find(words, "promotion=") is not { } number
            || Find(words, "of=") is not { } measure
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedNumber)
        )
        {
            return null;
        }

        return new NodeClaim(
            node,
            Guid.TryParseExact(measure, "D", out var record) ? record : null,
            state,
            PromotionVerdict.ByItself(state) == Promotability.Allowed,
            parsedNumber,
            null
        )
        {
            IsAble = !words.Contains(NodeClaim.Unable, StringComparer.Ordinal),
        };
    }

    /// <summary>Whether such a value says that its node is the promoted one of that promotion; null if it is none that is understood.</summary>
    public static bool? IsPromoted(string text, Guid promotion)
    {
        var state = text.Split(' ', 2)[0];
        return state == Promoted ? (ParseLink(text) is { IsReadable: true } link ? link.Promotion == promotion : null)
            : state == Following || NodeClaim.TryParseState(state, out _) ? false
            : null;
    }

    /// <summary>Whether such a value says that its node's copy, compared with that promotion, does not have it. One that was compared with another promotion says nothing of this one.</summary>
    public static bool LacksPromotion(string text, Guid promotion)
    {
        var words = text.Split(' ');
        return NodeClaim.TryParseState(words[0], out var state)
            && (state is CopyState.Empty or CopyState.Unmarked or CopyState.Foreign or CopyState.Outdated)
            && Find(words, "of=") == Text(promotion);
    }

    /// <summary>What the promoted instance has to know of such a value. Connections that are not in it are not there.</summary>
    public static PublishedLink ParseLink(string text)
    {
        var words = text.Split(' ');
        var (id, northbound, southbound) = (Find(words, "id="), Find(words, "nb="), Find(words, "sb="));
        Guid? promotion = Guid.TryParseExact(id, "D", out var parsed) ? parsed : null;
        return promotion is null && id != Nothing
            ? PublishedLink.Unreadable
            : new PublishedLink(
                promotion,
                northbound is null or Nothing || southbound is null or Nothing ? null : new LinkEnds(northbound, southbound)
            );
    }

    /// <summary>Since when such a value says that its node has been following; null if it does not say.</summary>
    public static DateTimeOffset? ParseSince(string text) =>
        Find(text.Split(' '), "since=") is { } since && PromotionMarker.TryParseTime(since, out var time) ? time : null;

    /// <summary>The version of the agent that wrote such a value; null if it does not say.</summary>
    public static string? ParseAgent(string text) => Find(text.Split(' '), AgentKey);

    private static string Text(Guid? id) => id?.ToString("D") ?? Nothing;

    private static string? Find(string[] words, string key) =>
        Array.Find(words, word => word.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
}
