using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Decisions.Copies;

/// <summary>One case of what the promoted instance sees. Its own promotion is 7; before it another node had 6, and 8 may be anybody's.</summary>
/// <param name="Northbound">? unreadable, - no marker, s mine of 7, c that, closed, o the other's of 6, 5 mine of 5, g mine of 8, G the other's of 8.</param>
/// <param name="Southbound">The same of the other database.</param>
/// <param name="Record">? unreadable, - none, s mine of 7, c that, closed, o the other's of 6, O the other's of 7, G the other's of 8.</param>
/// <param name="Remembered">- nothing, s mine of 7, 5 mine of 5, o the other's of 6.</param>
/// <param name="Other">Whether the other node says that it is promoted: y, n, ? unknown.</param>
/// <param name="Lasts">Whether another node's promotion has been on record for long enough.</param>
internal sealed record UpkeepCase(char Northbound, char Southbound, char Record, char Remembered, char Other, bool Lasts)
{
    private const string Markers = "?-sco5gG";

    public static IEnumerable<UpkeepCase> All =>
        from northbound in Markers
        from southbound in Markers
        from record in "?-scoOG"
        from remembered in "-s5o"
        from other in "yn?"
        from lasts in (bool[])[false, true]
        select new UpkeepCase(northbound, southbound, record, remembered, other, lasts);

    public PromotionUpkeep Decision =>
        PromotionUpkeep.Decide(
            new UpkeepView(
                new CopyPair(Copy(Northbound), Copy(Southbound)),
                Record == '?'
                    ? ClusterKnowledge.Unreadable
                    : new ClusterKnowledge(true, MarkerOf(Record) is { } marker ? new PromotionRecord(marker) : null, null),
                MarkerOf(Remembered) is { } kept ? new PromotionRecord(kept) : null,
                Known.Me,
                Other switch
                {
                    'y' => true,
                    'n' => false,
                    _ => null,
                },
                Lasts ? PromotionUpkeep.TakeBackAfter : PromotionUpkeep.TakeBackAfter - TimeSpan.FromMilliseconds(1)
            )
        );

    /// <summary>What has to come of it, written down by hand: the first rule that fits.</summary>
    public UpkeepStep Expected
    {
        get
        {
            if (Northbound == '?' || Southbound == '?' || Record == '?')
            {
                return UpkeepStep.Nothing;
            }

            // What this instance knows its promotion to be: on record, remembered, or in both databases.
            var mine =
                Record is 's' or 'c' ? Record
                : Remembered is 's' or '5' ? Remembered
                : Northbound == Southbound && Northbound is 's' or '5' or 'g' ? Northbound
                : '-';
            if (mine == '-')
            {
                return UpkeepStep.Nothing;
            }

            var number = mine switch
            {
                '5' => 5,
                'g' => 8,
                _ => 7,
            };
            if (
                Record switch
                {
                    'o' => 6,
                    'O' => 7,
                    'G' => 8,
                    _ => 0,
                }
                    is > 0
                        and var others
                && others >= number
            )
            {
                return Other == 'n' && Lasts ? UpkeepStep.PromoteAgain : UpkeepStep.Wait;
            }

            return mine == 'c' || Northbound != mine || Southbound != mine ? UpkeepStep.PromoteAgain
                : Record == mine ? UpkeepStep.Nothing
                : UpkeepStep.WriteRecord;
        }
    }

    private static DatabaseCopy Copy(char letter) => letter == '?' ? DatabaseCopy.Unreadable : Known.Copy(MarkerOf(letter));

    private static PromotionMarker? MarkerOf(char letter) =>
        letter switch
        {
            's' => Known.Marker(7, Known.Seventh, Known.Me),
            'c' => Known.Marker(7, Known.Seventh, Known.Me, closed: true),
            'o' => Known.Marker(6, Known.Sixth),
            'O' => Known.Marker(7, Known.Stranger),
            '5' => Known.Marker(5, Guid.Parse("55555555-0000-4000-8000-000000000005"), Known.Me),
            'g' => Known.Marker(8, Guid.Parse("88888888-0000-4000-8000-000000000008"), Known.Me),
            'G' => Known.Marker(8, Guid.Parse("88888888-0000-4000-8000-00000000000b")),
            _ => null,
        };
}
