using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Decisions.Copies;

/// <summary>One case of how a copy compares. The record's promotion is 7, on <see cref="Known.Me"/> or <see cref="Known.Other"/>.</summary>
/// <param name="Marker">
/// - none, o older, m older and mine, s the same, c the same and closed, e that by an earlier attempt, f the same number of another promotion, F that number, closed, g greater and
/// of another node, h that, closed, G greater and mine.
/// </param>
/// <param name="Record">The node of the promotion on record: m me, o other, - none on record.</param>
/// <param name="Ended">Whether that promotion is closed on record.</param>
/// <param name="LastActive">By <c>OVN_REPL_INFO</c>: m me, o other, t a third node, - none.</param>
/// <param name="Listed">Whether the record lists me as outdated.</param>
/// <param name="Schema">&lt; older than the active's, = equal, &gt; newer, ? mine unknown, ! the active's unknown.</param>
/// <param name="Content">Whether there is any.</param>
internal sealed record CopyCase(char Marker, char Record, bool Ended, char LastActive, bool Listed, char Schema, bool Content)
{
    public static IEnumerable<CopyCase> All =>
        from marker in "-omscefFghG"
        from record in "mo-"
        from ended in (bool[])[false, true]
        from lastActive in "mot-"
        from listed in (bool[])[false, true]
        from schema in "<=>?!"
        from content in (bool[])[false, true]
        select new CopyCase(marker, record, ended, lastActive, listed, schema, content);

    public DatabaseCopy Copy =>
        new(
            true,
            MarkerOf(Marker, NodeOf(Record) ?? Known.Other),
            Content,
            Schema switch
            {
                '<' => new(7, 2, 9),
                '=' => new(7, 3, 0),
                '?' => null,
                _ => new(7, 10, 0),
            },
            null
        );

    public ClusterKnowledge Cluster =>
        new(
            true,
            Record == '-'
                ? null
                : new PromotionRecord(Known.Marker(7, Known.Seventh, NodeOf(Record)!, Ended))
                {
                    Northbound = Schema == '!' ? null : new Version(7, 3, 0),
                    Southbound = Schema == '!' ? null : new Version(7, 3, 0),
                    Outdated = Listed ? ["a", Known.Me] : ["a", "ME"],
                },
            NodeOf(LastActive)
        );

    /// <summary>What has to come of it, written down by hand.</summary>
    public CopyState Expected =>
        (Record is 'm' or 'o' && (LastActive == '-' || LastActive == Record) ? Measured : Judged) switch
        {
            'E' => CopyState.Empty,
            'U' => CopyState.Unmarked,
            'F' => CopyState.Foreign,
            'O' => CopyState.Outdated,
            'S' => CopyState.SchemaTooOld,
            'N' => CopyState.New,
            'V' => CopyState.Unverified,
            'C' => CopyState.Current,
            'X' => CopyState.Closed,
            'H' => CopyState.Complete,
            'A' => CopyState.LastActive,
            var letter => throw new InvalidOperationException($"no state is called {letter}"),
        };

    // Columns: the record names me; another, with the same or a newer or an unknown schema here; with an older one; the same two with me in its list.
    private char Measured =>
        (
            Marker switch
            {
                '-' => Content ? "UUUUU" : "EEEEE",
                'o' or 'm' => Schema == '<' ? "SOSOS" : "OOSOS",
                'c' when Ended => "AHHHH",
                's' or 'e' when Ended => "OCSOO",
                's' or 'c' or 'e' => "ACSOO",
                'f' or 'F' => "FFFFF",
                'g' => "CCCCC",
                'h' => "XXXXX",
                _ => "AAAAA",
            }
        )[Record == 'm' ? 0 : (Listed ? 3 : 1) + (Schema == '<' ? 1 : 0)];

    // Where nothing is on record, and the shell agent did not name anybody, the marker tells.
    private char Judged =>
        Marker == '-' && !Content ? 'N'
        : LastActive != '-'
            ? LastActive == 'm' ? 'A'
                : 'V'
        : Marker switch
        {
            'm' or 'f' or 'G' => 'A',
            'c' or 'e' or 'F' or 'h' => 'X',
            _ => 'V',
        };

    private static string? NodeOf(char letter) =>
        letter switch
        {
            'm' => Known.Me,
            'o' => Known.Other,
            't' => "third",
            _ => null,
        };

    private static PromotionMarker? MarkerOf(char letter, string promoted) =>
        letter switch
        {
            '-' => null,
            'o' => Known.Marker(6, Known.Sixth, Known.Other),
            'm' => Known.Marker(6, Known.Sixth, Known.Me),
            's' => Known.Marker(7, Known.Seventh, promoted),
            'c' => Known.Marker(7, Known.Seventh, promoted, closed: true),
            'e' => Known.Marker(7, Known.Seventh, promoted, closed: true) with { Time = Known.At(-1) },
            'f' => Known.Marker(7, Known.Stranger, Known.Me),
            'F' => Known.Marker(7, Known.Stranger, closed: true),
            'g' => Known.Marker(8, Known.Stranger, Known.Other),
            'h' => Known.Marker(8, Known.Stranger, Known.Other, closed: true),
            _ => Known.Marker(8, Known.Stranger, Known.Me),
        };
}
