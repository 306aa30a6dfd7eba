using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Fuzzing.Engine;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>What decides who may be promoted: the marker in the databases, the record in the CIB, the nodes' attributes.</summary>
internal static class FreshnessTargets
{
    private const string Id = "66666666-0000-4000-8000-000000000006";
    private const string OtherId = "77777777-0000-4000-8000-000000000007";

    public static FuzzTarget Marker() =>
        new(
            "marker",
            Samples.Of($"6 {Id} n1 2026-03-01T12:00:00Z open", $"7 {OtherId} node-2.example.org 2026-03-01T12:00:00Z closed"),
            (input, random) =>
            {
                var text = Samples.Text(input);
                if (PromotionMarker.Parse(text) is { } marker)
                {
                    Must.Hold(
                        marker.Number > 0 && marker.Node.Length > 0 && !marker.Node.Contains(' '),
                        "a marker has a number and a node"
                    );
                    Must.Hold(!marker.Closed || text.EndsWith(" closed", StringComparison.Ordinal), "only a marker that says so is closed");
                    Must.BeEqual(marker, PromotionMarker.Parse(marker.ToString()), "what was read can be written");
                    var copy = new DatabaseCopy(true, marker, true, null, null);
                    var next = NextPromotion.For(
                        new CopyPair(copy, copy),
                        null,
                        "me",
                        marker.Time,
                        Guid.Parse(Id),
                        isActive: false,
                        recorded: 0
                    );
                    Must.Hold(
                        next.Number >= marker.Number && PromotionMarker.Parse(next.ToString()) == next,
                        "there is always a next marker, and it is readable"
                    );
                }

                var written = Any(random);
                Must.BeEqual(written, PromotionMarker.Parse(written.ToString()), "what was written is read");
            }
        );

    public static FuzzTarget Record() =>
        new(
            "record",
            Samples.Of(
                $"6 {Id} n1 2026-03-01T12:00:00Z open previous={OtherId} complete=yes changed=1772366400000 at=10.0.0.3 boot={Id} nb=7.3.0 sb=20.33.0 outdated=n2,n3",
                $"7 {OtherId} n2 2026-03-01T12:00:00Z closed at=fd00::3 nb=7.3.0"
            ),
            (input, random) =>
            {
                var text = Samples.Text(input);
                if (PromotionRecord.Parse(text) is { } record)
                {
                    Must.Hold(
                        !record.Complete || text.Contains("complete=yes", StringComparison.Ordinal),
                        "only a record that says so is complete"
                    );
                    Must.BeEqual(record.ToString(), PromotionRecord.Parse(record.ToString())?.ToString(), "what was read can be written");
                }

                var written = new PromotionRecord(Any(random))
                {
                    Previous = random.Next(2) == 0 ? AnyId(random) : null,
                    Complete = random.Next(2) == 0,
                    Address = random.Next(2) == 0 ? AnyAddress(random) : null,
                    Boot = random.Next(2) == 0 ? AnyId(random) : null,
                    Northbound = random.Next(2) == 0 ? new Version(random.Next(), random.Next(), random.Next()) : null,
                    Outdated = [.. Enumerable.Range(0, random.Next(4)).Select(_ => AnyName(random))],
                };
                var read = PromotionRecord.Parse(written.ToString());
                Must.Hold(
                    read is not null
                        && read.Outdated.SequenceEqual(written.Outdated)
                        && read with { Outdated = written.Outdated } == written,
                    $"what was written is read: {written}"
                );
            }
        );

    public static FuzzTarget Attributes() =>
        new(
            "attributes",
            Samples.Of(
                $"Current promotable 7 1772366400000 {Id}",
                "Outdated not 0 - -",
                $"LastActive promotable 7 - {Id} unable",
                $"Current promotion=7 id={Id} nb=10.0.0.3:40112 sb=[fd00::3]:40114 all is well",
                "Promoted promotion=7 id=- nb=- sb=-"
            ),
            (input, random) =>
            {
                var text = Samples.Text(input);
                if (NodeClaim.Parse("n", text) is { } claim)
                {
                    Must.Hold(
                        !claim.IsPromotable || text.Contains(" promotable ", StringComparison.Ordinal),
                        "only a claim that says so is promotable"
                    );
                    Must.Hold(Enum.IsDefined(claim.Copy) && claim.Number >= 0, "a claim is of a known state");
                    Must.BeEqual(claim, NodeClaim.Parse("n", claim.ToString()), "what was read can be written");
                }

                var link = PublishedCopy.ParseLink(text);
                Must.Hold(
                    link.Promotion is not { } id || text.Contains(id.ToString("D"), StringComparison.OrdinalIgnoreCase),
                    "no promotion that was not named"
                );

                var written = new NodeClaim(
                    "n",
                    random.Next(2) == 0 ? AnyId(random) : null,
                    (CopyState)random.Next((int)CopyState.LastActive + 1),
                    random.Next(2) == 0,
                    random.NextInt64(),
                    random.Next(2) == 0 ? DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(253402300799999)) : null
                )
                {
                    IsAble = random.Next(2) == 0,
                };
                Must.BeEqual(written, NodeClaim.Parse("n", written.ToString()), "what was written is read");
                var ends = new LinkEnds(
                    new IPEndPoint(AnyAddress(random), 1).ToString(),
                    new IPEndPoint(AnyAddress(random), 65535).ToString()
                );
                var published = new PublishedCopy(
                    "Current",
                    new PublishedLink(AnyId(random), random.Next(2) == 0 ? ends : null),
                    7,
                    "",
                    random.Next(2) == 0 ? AnyId(random) : null
                );
                Must.BeEqual(published.Link, PublishedCopy.ParseLink(published.Facts), "what was published is read");
                Must.BeEqual(
                    published.Measure,
                    PublishedCopy.ParseClaim("n", published.Facts)?.Record,
                    "what was published can be compared"
                );
                _ = PublishedCopy.ParseClaim("n", text);
            }
        );

    public static FuzzTarget History() =>
        new(
            "history",
            Samples.Of(
                "6 66666666 n1 2026-03-01T12:00:00Z 2026-03-01T13:00:00Z complete -;7 77777777 node-2.example.org 2026-03-01T13:00:00Z - - 66666666"
            ),
            (input, random) =>
            {
                var history = PastPromotion.Parse(Samples.Text(input));
                Must.Hold(history.Count <= PastPromotion.Kept, "no more than are kept");
                Must.Hold(PastPromotion.Parse(PastPromotion.Format(history)).SequenceEqual(history), "what was read can be written");
                var record = new PromotionRecord(Any(random));
                var next = PastPromotion.With(history, record);
                Must.Hold(next.Count is > 0 and <= PastPromotion.Kept, "a record has its entry, and the history stays bounded");
            }
        );

    internal static Guid AnyId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    internal static IPAddress AnyAddress(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        return new IPAddress(bytes);
    }

    internal static string AnyName(Random random) => new(random.GetItems("abcxyzABC0189-_.:$'\"/é".AsSpan(), random.Next(1, 12)));

    private static PromotionMarker Any(Random random) =>
        new(
            random.NextInt64(long.MaxValue) + 1,
            AnyId(random),
            AnyName(random),
            DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(253402300799)),
            random.Next(2) == 0
        );
}
