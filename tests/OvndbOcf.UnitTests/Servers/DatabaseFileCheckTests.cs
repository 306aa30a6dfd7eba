using System.Security.Cryptography;
using System.Text;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class DatabaseFileCheckTests
{
    private static readonly string Schema = Record("""{"name":"OVN_Northbound","tables":{},"version":"7.0.0"}""");
    private static readonly string First = Record("""{"_date":1,"NB_Global":{}}""");
    private static readonly string Second = Record("""{"_date":2,"Logical_Switch":{"6e6b2c3e":{"name":"one"}}}""");
    private static readonly Deadline Enough = Deadline.After(TimeSpan.FromSeconds(20));

    public static TheoryData<string, DatabaseFileCondition, string> Files =>
        new()
        {
            { Schema, DatabaseFileCondition.Sound, "" },
            { Schema + First + Second, DatabaseFileCondition.Sound, "" },
            { "", DatabaseFileCondition.Damaged, "the file is empty" },
            { "nonsense", DatabaseFileCondition.Damaged, "should hold the schema" },
            { new string('\0', 4096), DatabaseFileCondition.Damaged, "should hold the schema" },
            { Spoilt(Schema) + First + Second, DatabaseFileCondition.Damaged, "the record at byte 0 of" },
            { Schema[..^1], DatabaseFileCondition.Damaged, "should hold the schema" },
            { Schema.Replace("JSON 5", "JSON 9", StringComparison.Ordinal), DatabaseFileCondition.Damaged, "should hold the schema" },
            { Schema + Spoilt(First) + Second, DatabaseFileCondition.Damaged, "other records follow" },
            { Schema + "garbage" + First, DatabaseFileCondition.Damaged, "other records follow" },
            { Schema + First[..20] + "\n" + Second, DatabaseFileCondition.Damaged, "other records follow" },
            {
                Schema + First.Replace("JSON ", "JSON -", StringComparison.Ordinal) + Second,
                DatabaseFileCondition.Damaged,
                "other records follow"
            },
            { Schema + First + Spoilt(Second), DatabaseFileCondition.TornTail, "is not valid" },
            { Schema + First + Second[..^3], DatabaseFileCondition.TornTail, "is not valid" },
            { Schema + First + "OVSDB JSON 99999999999999999999 x", DatabaseFileCondition.TornTail, "is not valid" },
            { Schema + First + new string('\0', 200_000), DatabaseFileCondition.TornTail, "is not valid" },
            { Schema + new string('x', 100_000) + "\n" + First, DatabaseFileCondition.Damaged, "other records follow" },
            { "OVSDB CLUSTER 12 abc\nwhatever", DatabaseFileCondition.Clustered, "clustered" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_judged_by_its_records(string content, DatabaseFileCondition condition, string detail)
    {
        var finding = DatabaseFileCheck.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(content)), Enough);
        Assert.Equal(condition, finding.Condition);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(condition == DatabaseFileCondition.Sound, finding.Detail.Length == 0);
    }

    /// <summary>Whenever the time ends: what was not looked for may be there.</summary>
    [Fact]
    public void Damage_is_no_torn_end_because_the_time_is_over()
    {
        var content = Encoding.Latin1.GetBytes(Schema + new string('x', 400_000) + "\n" + First);
        var conditions = Enumerable
            .Range(1, 20)
            .Select(looks =>
                DatabaseFileCheck
                    .Inspect(new MemoryStream(content), Deadline.After(TimeSpan.FromSeconds(1), new ClockThatJumps(looks)))
                    .Condition
            )
            .ToList();
        Assert.Equal(
            [DatabaseFileCondition.Damaged, DatabaseFileCondition.Unknown],
            conditions.Distinct().Order(Comparer<DatabaseFileCondition>.Create((one, other) => string.CompareOrdinal($"{one}", $"{other}")))
        );
        Assert.True(conditions.Count(condition => condition == DatabaseFileCondition.Unknown) > 3, string.Join(' ', conditions));
    }

    /// <summary>An hour passes after so many looks.</summary>
    private sealed class ClockThatJumps(int looks) : TimeProvider
    {
        private int _looks = looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _looks-- > 0 ? 0 : TimeSpan.TicksPerHour;
    }

    [Fact]
    public void The_first_record_after_the_schema_tells_how_long_the_file_was_when_it_was_compacted()
    {
        Assert.Equal((Schema + First).Length, BaseLength(Schema + First + Second));
        Assert.Equal((Schema + First).Length, BaseLength(Schema + First));
        Assert.Null(BaseLength(Schema));
        Assert.Null(BaseLength(Schema + First[..^1]));
        Assert.Null(BaseLength(Schema + "garbage" + First));
        Assert.Null(BaseLength("OVSDB CLUSTER 12 abc\nwhatever"));
        Assert.Null(BaseLength(""));

        static long? BaseLength(string content) => DatabaseFileCheck.BaseLength(new MemoryStream(Encoding.Latin1.GetBytes(content)));
    }

    /// <summary>A dump brings back rows that the transaction before it deleted, and is too large to be looked at.</summary>
    [Theory]
    [InlineData(300_000, "")]
    [InlineData(3_000, "deleted")]
    public void What_comes_before_a_record_that_is_too_large_says_nothing_any_more(int length, string kept)
    {
        const string Deleted = "11111111-0000-4000-8000-000000000001";
        var schema = Record(
            """{"name":"OVN_Northbound","tables":{"NB_Global":{"columns":{"name":{"type":"string"}}}},"version":"7.0.0"}"""
        );
        var deletion = Record($$$"""{"_date":1,"NB_Global":{"{{{Deleted}}}":null}}""");
        var dump = Record(
            $$$"""{"_date":2,"NB_Global":{"22222222-0000-4000-8000-000000000002":{"name":"{{{new string('x', length)}}}"} } }"""
        );
        var last = Record("""{"_date":3,"NB_Global":{"33333333-0000-4000-8000-000000000003":{"name":"last"}}}""");
        var tail = DatabaseFileCheck.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(schema + deletion + dump + last)), Enough).Tail;
        Assert.NotNull(tail);
        Assert.Equal(kept == "deleted", tail.Rows.Any(row => row.Row == Guid.Parse(Deleted)));
        Assert.Contains(tail.Rows, row => row.Row == Guid.Parse("33333333-0000-4000-8000-000000000003"));
    }

    [Fact]
    public void Wherever_a_byte_of_all_but_the_last_record_changes_the_file_is_damaged()
    {
        var sound = Encoding.Latin1.GetBytes(Schema + First + Second);
        for (var place = 0; place < Schema.Length + First.Length; place++)
        {
            var spoilt = sound.ToArray();
            spoilt[place] ^= 0x20;
            Assert.Equal(DatabaseFileCondition.Damaged, DatabaseFileCheck.Inspect(new MemoryStream(spoilt), Enough).Condition);
        }
    }

    [Fact]
    public void Wherever_the_file_ends_after_the_schema_only_the_last_record_is_torn()
    {
        var sound = Encoding.Latin1.GetBytes(Schema + First + Second);
        for (var length = Schema.Length; length < sound.Length; length++)
        {
            var expected =
                length == Schema.Length || length == Schema.Length + First.Length
                    ? DatabaseFileCondition.Sound
                    : DatabaseFileCondition.TornTail;
            Assert.Equal(expected, DatabaseFileCheck.Inspect(new MemoryStream(sound, 0, length), Enough).Condition);
        }
    }

    [Fact]
    public void A_header_that_lies_across_two_reads_is_found()
    {
        for (var filler = 65_500; filler < 65_600; filler++)
        {
            var content = Schema + new string('x', filler) + "\n" + First;
            Assert.Equal(
                DatabaseFileCondition.Damaged,
                DatabaseFileCheck.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(content)), Enough).Condition
            );
        }
    }

    [Fact]
    public void Without_time_nothing_is_held_against_a_file() =>
        Assert.Equal(
            DatabaseFileCondition.Unknown,
            DatabaseFileCheck.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(Spoilt(Schema))), default).Condition
        );

    /// <summary>As ovsdb-server writes it.</summary>
    internal static string Record(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json + "\n");
#pragma warning disable CA5350 // The format's check sum.
        return $"OVSDB JSON {bytes.Length} {Convert.ToHexStringLower(SHA1.HashData(bytes))}\n{json}\n";
#pragma warning restore CA5350
    }

    private static string Spoilt(string record) => record.Replace('{', '[');
}
