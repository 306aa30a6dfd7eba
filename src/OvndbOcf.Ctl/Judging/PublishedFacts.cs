using System.Globalization;
using System.Text.RegularExpressions;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Judging;

/// <summary>What an instance publishes of itself in the cluster's attributes.</summary>
/// <param name="IsPromoted">Whether it says that it is the active one.</param>
/// <param name="Copy">How its copies compare; null for the active one, and where nothing readable is published.</param>
/// <param name="Promotion">The number of the promotion whose data both databases hold; null if unknown, or none.</param>
/// <param name="Id">Which promotion; null if unknown, or not the same in both databases.</param>
/// <param name="IsConnected">Whether both databases are connected to where they replicate from.</param>
/// <param name="IsAble">Whether the node is able to take a promotion.</param>
internal sealed partial record PublishedFacts(bool IsPromoted, CopyState? Copy, long? Promotion, Guid? Id, bool IsConnected, bool IsAble)
{
    /// <summary>Since when it has been seen to follow by those connections; null if it does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    // STATE promotion=N id=… nb=… sb=…, before the words.
    private const int WordsBeforeAdvice = 5;

    /// <summary>From what a node published; null if it published nothing.</summary>
    public static PublishedFacts? Of(string node, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var link = PublishedCopy.ParseLink(text);
        var claim = PublishedCopy.ParseClaim(node, text);
        const string Key = " promotion=";
        var at = text.IndexOf(Key, StringComparison.Ordinal);
        var number = at < 0 ? string.Empty : text[(at + Key.Length)..].Split(' ', 2)[0];
        return new PublishedFacts(
            text.StartsWith(PublishedCopy.Promoted + " ", StringComparison.Ordinal),
            claim?.Copy,
            long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var promotion) && promotion > 0 ? promotion : null,
            link.Promotion,
            link.Ends is not null,
            claim?.IsAble ?? true
        )
        {
            Since = PublishedCopy.ParseSince(text),
        };
    }

    /// <summary>The advice in the attribute for people (<see cref="PublishedCopy.Words"/>); empty if there is none, as where all is well, or where it is about another state than the facts have: it follows them
    /// some seconds later. Who reads it here has a command that asks before anything is lost.</summary>
    /// <param name="text">The attribute.</param>
    /// <param name="copy">The state in the facts; null if they are not known.</param>
    public static string AdviceIn(string? text, CopyState? copy) =>
        text?.Split(' ', WordsBeforeAdvice + 1) is { Length: > WordsBeforeAdvice } words
        && words[1].StartsWith("promotion=", StringComparison.Ordinal)
        && (copy is null || words[0] == copy.ToString())
            ? Override().Replace(words[WordsBeforeAdvice], "ovndbctl failover --accept-loss ${node}")
            : string.Empty;

    [GeneratedRegex(@"attrd_updater -n allow-outdated-\S+ -U \d+ -N (?<node>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Override();
}
