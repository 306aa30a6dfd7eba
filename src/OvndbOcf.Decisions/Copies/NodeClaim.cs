using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>What a node says of its copies before a promotion, for the chosen one to compare with.</summary>
/// <param name="Node">Who says it.</param>
/// <param name="Record">The promotion on record when it was said; a claim that was made before another one is void. Null where none is on record.</param>
/// <param name="Copy">How its copies compare.</param>
/// <param name="IsPromotable">Whether it may be promoted.</param>
/// <param name="Number">The promotion whose data it holds; 0 if none is known.</param>
/// <param name="LastChange">
/// The time of the last change. Of this node, it has everything from before; of another one, it is a change that surely came from the active server.
/// Null if unknown.
/// </param>
public sealed record NodeClaim(string Node, Guid? Record, CopyState Copy, bool IsPromotable, long Number, DateTimeOffset? LastChange)
{
    /// <summary>The last word of what an instance says whose node is not able to take a promotion.</summary>
    internal const string Unable = "unable";

    /// <summary>Whether the node is able to take a promotion.</summary>
    public bool IsAble { get; init; } = true;

    /// <summary>
    /// The value of the node's attribute, such as <c>Current promotable 7 1795456800000 3f2c…</c>; a dash stands for what is unknown. Where the node is unable, that is the last word.
    /// </summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Copy} {(IsPromotable ? "promotable" : "not")} {Number} {LastChange?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "-"} {Record?.ToString("D") ?? "-"}{(IsAble ? string.Empty : " " + Unable)}"
        );

    /// <summary>Reads such a value of a node; null if it is none.</summary>
    public static NodeClaim? Parse(string node, string? text)
    {
        var isAble = text?.EndsWith(" " + Unable, StringComparison.Ordinal) != true;
        if (
            (isAble ? text : text![..^(Unable.Length + 1)])?.Split(' ')
                is not [var copy, "promotable" or "not", var number, var changed, var record] words
            || !TryParseState(copy, out var state)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedNumber)
            || (record != "-" && !Guid.TryParseExact(record, "D", out _))
        )
        {
            return null;
        }

        return new NodeClaim(
            node,
            record == "-" ? null : Guid.ParseExact(record, "D"),
            state,
            words[1] == "promotable",
            parsedNumber,
            PromotionRecord.Milliseconds(changed)
        )
        {
            IsAble = isAble,
        };
    }

    // Names only: a number, or several names with commas, would be taken for a state, too.
    internal static bool TryParseState(string text, out CopyState state) =>
        Enum.TryParse(text, ignoreCase: false, out state) && Enum.IsDefined(state) && state.ToString() == text;
}
