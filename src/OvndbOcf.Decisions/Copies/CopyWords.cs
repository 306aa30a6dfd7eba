using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>Says in a few words what an instance is of which nothing bad is to be told, for <c>crm_mon -A</c>. Pure.</summary>
public static class CopyWords
{
    /// <summary>The words, such as <c>active, promotion 3</c> or <c>backup of node1, promotion 3</c>; empty while a copy is about to be replaced, and nothing can be said of it.</summary>
    /// <param name="state">What it is: <see cref="PublishedCopy.Promoted"/>, <see cref="PublishedCopy.Following"/>, or how its copies compare.</param>
    /// <param name="isConnected">Whether both databases are connected to where they replicate from.</param>
    /// <param name="source">The node whose data it receives; null if that is not known.</param>
    /// <param name="number">The promotion whose data it holds; 0 if none is known.</param>
    public static string Of(string state, bool isConnected, string? source, long number)
    {
        var promotion = number > 0 ? ", promotion " + number.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return state switch
        {
            PublishedCopy.Promoted => "active" + promotion,
            PublishedCopy.Following => string.Empty,
            _ => Source(isConnected, source) + Rank(state) + promotion,
        };
    }

    private static string Source(bool isConnected, string? source) =>
        !isConnected ? "backup, not connected"
        : source is null ? "backup, connected"
        : "backup of " + source;

    private static string Rank(string state) =>
        state switch
        {
            nameof(CopyState.Current) => string.Empty,
            nameof(CopyState.LastActive) => ", last active",
            nameof(CopyState.Complete) => ", complete",
            nameof(CopyState.Closed) => ", end not on record",
            nameof(CopyState.Unverified) => ", not measured",
            nameof(CopyState.New) => ", new",
            _ => ", " + state,
        };
}
