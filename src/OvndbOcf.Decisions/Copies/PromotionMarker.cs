using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// What a promotion leaves in the data itself: one key in <c>external_ids</c> of NB_Global and SB_Global (ovn-nb(5), ovn-sb(5)). It replicates like all data and stays in the file, so a copy that
/// holds it was complete at some time after that promotion.
/// </summary>
/// <param name="Number">The promotion's number, from 1. It only grows in the life of a cluster.</param>
/// <param name="Id">Tells the promotion from another one with the same number, such as that of another cluster.</param>
/// <param name="Node">The node that was promoted.</param>
/// <param name="Time">When it was promoted, or closed, to the second, in UTC.</param>
/// <param name="Closed">Whether the promotion was about to end as planned. If the cluster's record says the very same, nothing was written after this, and a copy that holds it holds everything.</param>
public sealed record PromotionMarker(long Number, Guid Id, string Node, DateTimeOffset Time, bool Closed)
{
    /// <summary>The key in <c>external_ids</c>.</summary>
    public const string Key = "ovndb-promotion";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>When it was promoted, or closed, in UTC. What is finer than a second does not get into the text, and a marker must be equal to the one that is read back.</summary>
    public DateTimeOffset Time
    {
        get;
        init => field = ToTheSecond(value);
    } = ToTheSecond(Time);

    /// <summary>
    /// The marker with nothing to be written after it, at that time; null where the databases do not hold this one. A promotion that an earlier attempt closed, or whose marker somebody changed, is not
    /// closed again: a copy that was cut off in between could pass for complete.
    /// </summary>
    public PromotionMarker? Close(CopyPair copies, DateTimeOffset now) =>
        !Closed && copies.Northbound.Marker == this && copies.Southbound.Marker == this ? this with { Time = now, Closed = true } : null;

    /// <summary>Whether both are of the same promotion, closed or not.</summary>
    public bool IsOf(Guid promotion) => Id == promotion;

    /// <summary>The value in <c>external_ids</c>: number, id, node, time, and whether it is open or closed.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number} {Id:D} {Node} {FormatTime(Time)} {(Closed ? "closed" : "open")}");

    /// <summary>Reads such a value; null if it is none.</summary>
    public static PromotionMarker? Parse(string? text) =>
        text?.Split(' ') is [var number, var id, { Length: > 0 } node, var time, "open" or "closed"] words
        && TryParseNumber(number, out var parsedNumber)
        && Guid.TryParseExact(id, "D", out var parsedId)
        && TryParseTime(time, out var parsedTime)
            ? new PromotionMarker(parsedNumber, parsedId, node, parsedTime, words[4] == "closed")
            : null;

    private static DateTimeOffset ToTheSecond(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    internal static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal static bool TryParseTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    internal static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
