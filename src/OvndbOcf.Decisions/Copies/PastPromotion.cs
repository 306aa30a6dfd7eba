using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>A promotion in the cluster's history, which is for people: nothing is decided by it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Id">The first eight digits of its id, which tell it from another one with the same number.</param>
/// <param name="Node">The node that was promoted.</param>
/// <param name="Begin">When it was promoted; null if unknown.</param>
/// <param name="End">When it was closed; null if it lasts, or ended without that.</param>
/// <param name="Complete">Whether the promoted copy held everything of the promotion before.</param>
/// <param name="Previous">The first digits of the id of the promotion before; null if there was none.</param>
public sealed record PastPromotion(
    long Number,
    string Id,
    string Node,
    DateTimeOffset? Begin,
    DateTimeOffset? End,
    bool Complete,
    string? Previous
)
{
    /// <summary>How many promotions are kept.</summary>
    public const int Kept = 20;

    private const int Digits = 8;
    private const string None = "-";

    /// <summary>The history with a record: a new promotion at its end, or its entry as the record is now. Only the latest <see cref="Kept"/> stay.</summary>
    public static IReadOnlyList<PastPromotion> With(IReadOnlyList<PastPromotion> history, PromotionRecord record)
    {
        var marker = record.Marker;
        var id = Short(marker.Id);
        var at = history.ToList().FindLastIndex(entry => entry.Number == marker.Number && entry.Id == id);
        var known = at < 0 ? null : history[at];
        var entry = new PastPromotion(
            marker.Number,
            id,
            marker.Node,
            known?.Begin ?? (marker.Closed ? null : marker.Time),
            marker.Closed ? marker.Time : null,
            record.Complete,
            record.Previous is { } previous ? Short(previous) : null
        );
        return at < 0 ? [.. history.TakeLast(Kept - 1), entry] : [.. history.Take(at), entry, .. history.Skip(at + 1)];
    }

    /// <summary>The value of the property that keeps a history, the earliest first.</summary>
    public static string Format(IEnumerable<PastPromotion> history) => string.Join(';', history);

    /// <summary>Reads such a value. What is damaged in it is left out.</summary>
    public static IReadOnlyList<PastPromotion> Parse(string? text) =>
        [.. (text ?? string.Empty).Split(';').Select(ParseOne).OfType<PastPromotion>().TakeLast(Kept)];

    /// <summary>Number, id, node, begin, end, whether it was complete, the one before; a dash stands for what is not there.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Number} {Id} {Node} {Text(Begin)} {Text(End)} {(Complete ? "complete" : None)} {Previous ?? None}"
        );

    private static PastPromotion? ParseOne(string text) =>
        text.Split(' ')
            is [var number, { Length: Digits } id, { Length: > 0 } node, var begin, var end, "complete" or None, var previous] words
        && PromotionMarker.TryParseNumber(number, out var parsed)
        && previous.Length is Digits or 1
            ? new PastPromotion(parsed, id, node, Time(begin), Time(end), words[5] != None, previous == None ? null : previous)
            : null;

    private static string Short(Guid id) => id.ToString("N")[..Digits];

    private static string Text(DateTimeOffset? time) => time is { } known ? PromotionMarker.FormatTime(known) : None;

    private static DateTimeOffset? Time(string text) => PromotionMarker.TryParseTime(text, out var time) ? time : null;
}
