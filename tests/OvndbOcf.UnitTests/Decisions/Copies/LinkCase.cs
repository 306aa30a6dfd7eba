using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Decisions.Copies;

/// <summary>One case of one backup, as the promoted node sees it.</summary>
/// <param name="Memory">- none, E expected, e expected with ends, L linked, X lost.</param>
/// <param name="Promotion">What the backup publishes: - nothing at all, n no promotion, o another one, s the same, u something unreadable.</param>
/// <param name="Ends">The ends that it publishes: - none, o those that are remembered, n new ones.</param>
/// <param name="Found">Which of both are established: - none, 1 only the Northbound ones, 2 only the Southbound ones, o the old ones, n the new ones.</param>
/// <param name="Direct">Whether backups connect to the node's own address.</param>
/// <param name="Marked">Whether it is marked as outdated.</param>
internal sealed record LinkCase(char Memory, char Promotion, char Ends, char Found, bool Direct, bool Marked)
{
    public const string Backup = "backup";

    private static readonly LinkEnds Old = new("b:1", "b:2");
    private static readonly LinkEnds New = new("b:3", "b:4");

    public static IEnumerable<LinkCase> All =>
        from memory in "-EeLX"
        from promotion in "-nosu"
        from ends in promotion is '-' or 'u' ? "-" : "-on"
        from found in "-12on"
        from direct in (bool[])[false, true]
        from marked in (bool[])[false, true]
        select new LinkCase(memory, promotion, ends, found, direct, marked);

    /// <summary>What comes of it: the memory's letter, that of its ends, and + if it is marked then.</summary>
    public string Actual
    {
        get
        {
            var findings = LinkTracker.Update(
                Memory == '-' ? new() : new Dictionary<string, LinkMemory> { [Backup] = Remembered },
                Promotion == '-' ? new() : new Dictionary<string, PublishedLink> { [Backup] = Published },
                Found switch
                {
                    '1' => new HashSet<string> { "b:1", "b:3", "c:2" },
                    '2' => ["b:2", "b:4", "c:1"],
                    'o' => ["b:1", "b:2", "c:1"],
                    'n' => ["b:3", "b:4", "c:1"],
                    _ => ["c:1", "c:2"],
                },
                Marked ? ["a", Backup] : ["a"],
                Known.Seventh,
                Direct
            );
            var memory = findings.Memory.SingleOrDefault().Value;
            var state = memory?.State switch
            {
                null => '-',
                LinkState.Expected => 'E',
                LinkState.Linked => 'L',
                _ => 'X',
            };
            var ends =
                memory?.Ends is not { } known ? '-'
                : known == Old ? 'o'
                : known == New ? 'n'
                : '?';
            return $"{state}{ends}{(findings.Outdated.SequenceEqual(["a", Backup]) ? '+' : findings.Outdated.SequenceEqual(["a"]) ? ' ' : '?')}";
        }
    }

    /// <summary>What has to come of it: the first rule that fits.</summary>
    public string Expected
    {
        get
        {
            var stays = Marked ? '+' : ' ';
            return this switch
            {
                // What it publishes is found: all is well.
                { Promotion: 's', Ends: 'o', Found: 'o' } => "Lo ",
                { Promotion: 's', Ends: 'n', Found: 'n' } => "Ln ",

                // Gone from the cluster: outdated if it was ever seen there, whatever its old connections look like.
                { Memory: '-', Promotion: '-' } => $"--{stays}",
                { Promotion: '-' } => "--+",

                // What it had is still found, and it says nothing else of it. Its own word that it has others, or none, is newer, and counts for more: what ended them may not have arrived here.
                { Memory: 'L', Found: 'o', Promotion: 'u' } or { Memory: 'L', Found: 'o', Ends: 'o' } => $"Lo{stays}",

                // It may have this promotion's data, and be cut off: nobody can tell.
                { Promotion: 'u', Memory: '-' or 'E' } => "X-+",
                { Promotion: 'u' } => "Xo+",

                // Found once, and gone.
                { Memory: 'L' or 'X', Ends: 'n' } => "Xn+",
                { Memory: 'L' or 'X' } => "Xo+",

                // Never found. Without this promotion's data it is not measured by this mark.
                { Promotion: 'n' or 'o' } => $"E{Ends}{stays}",
                { Ends: '-' } => "E-+",
                { Direct: true } => $"E{Ends}{stays}",
                _ => $"E{Ends} ",
            };
        }
    }

    private LinkMemory Remembered =>
        Memory switch
        {
            'E' => new(LinkState.Expected, null),
            'e' => new(LinkState.Expected, Old),
            'L' => new(LinkState.Linked, Old),
            _ => new(LinkState.Lost, Old),
        };

    private PublishedLink Published => Promotion == 'u' ? PublishedLink.Unreadable : new(PromotionOf(Promotion), EndsOf(Ends));

    private static Guid? PromotionOf(char letter) =>
        letter switch
        {
            's' => Known.Seventh,
            'o' => Known.Sixth,
            _ => null,
        };

    private static LinkEnds? EndsOf(char letter) =>
        letter switch
        {
            'o' => Old,
            'n' => New,
            _ => null,
        };
}
