using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.UnitTests.Decisions.Copies;

/// <summary>One case of a copy that is to follow. The record's promotion is 7, the one before it 6.</summary>
/// <param name="Readable">Whether the copy can be read.</param>
/// <param name="Marker">- none, s the same promotion, c closed, p previous of another node, P previous of mine, x older still, g greater.</param>
/// <param name="Content">Whether there is any.</param>
/// <param name="Record">- none, m by me, o by another, O the same with everything of the previous one, M by me with everything.</param>
/// <param name="Schema">&lt; older than the active's, = the same, ? unknown.</param>
/// <param name="Writable">Whether its server was active though nobody had promoted it.</param>
/// <param name="Note">The node's note: - none, m of the promotion that the marker is of, s of the same as the record's, p of the previous one, x of another, ! unreadable.</param>
internal sealed record ResyncCase(bool Readable, char Marker, bool Content, char Record, char Schema, bool Writable, char Note)
{
    public static IEnumerable<ResyncCase> All =>
        from readable in (bool[])[false, true]
        from marker in "-scpPxg"
        from content in (bool[])[false, true]
        from record in "-moOM"
        from schema in "<=?"
        from writable in (bool[])[false, true]
        from note in "-mspx!"
        select new ResyncCase(readable, marker, content, record, schema, writable, note);

    public ResyncStep Decision(OvnDatabase database) =>
        ResyncSafety.Decide(
            new DatabaseCopy(
                Readable,
                MarkerOf(Marker),
                Content,
                Schema switch
                {
                    '<' => new(1, 0),
                    '=' => new(1, 1),
                    _ => null,
                },
                null
            ),
            database,
            Record == '-'
                ? null
                : new PromotionRecord(Known.Marker(7, Known.Seventh, Record is 'm' or 'M' ? Known.Me : Known.Other))
                {
                    Previous = Known.Sixth,
                    Complete = Record is 'O' or 'M',
                    Northbound = new(1, 1),
                    Southbound = new(1, 1),
                },
            Known.Me,
            Writable,
            Noted
        );

    /// <summary>What has to come of it: the first rule that fits.</summary>
    public ResyncStep Expected =>
        this switch
        {
            { Readable: false } => ResyncStep.SetAside,
            { Schema: '<', Record: not '-' } => ResyncStep.StayAway,
            { Marker: '-', Content: false } => ResyncStep.Nothing,
            { Writable: true } or { Record: '-' } => ResyncStep.SetAside,
            { Note: 's', Marker: not ('s' or 'c') } => ResyncStep.SetAside,
            { Note: 'p', Marker: not ('p' or 'P') } => ResyncStep.SetAside,
            { Note: 'x' or '!' } => ResyncStep.SetAside,
            { Marker: 's' or 'c', Record: 'o' or 'O' } => ResyncStep.Nothing,
            { Marker: 'p' or 'P', Record: 'O' or 'M' } => ResyncStep.Nothing,
            _ => ResyncStep.SetAside,
        };

    private NotedPromotion? Noted =>
        Note switch
        {
            '-' => null,
            'm' => MarkerOf(Marker) is { } marker ? new(marker.Id, 0) : null,
            's' => new(Known.Seventh, 7),
            'p' => new(Known.Sixth, 6),
            'x' => new(Guid.Parse("88888888-0000-4000-8000-000000000008"), 8),
            _ => NotedPromotion.Unreadable,
        };

    private static PromotionMarker? MarkerOf(char letter) =>
        letter switch
        {
            '-' => null,
            's' => Known.Marker(7, Known.Seventh),
            'c' => Known.Marker(7, Known.Seventh, closed: true),
            'p' => Known.Marker(6, Known.Sixth),
            'P' => Known.Marker(6, Known.Sixth, Known.Me),
            'x' => Known.Marker(5, Known.Stranger),
            _ => Known.Marker(8, Known.Stranger),
        };
}
