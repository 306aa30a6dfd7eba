using System.Security.Cryptography;
using System.Text;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class DatabaseLogTests
{
    private static readonly string Schema = Record("""{"name":"OVN_Northbound","tables":{},"version":"7.0.0"}""");
    private static readonly string First = Record("""{"_date":1,"NB_Global":{}}""");
    private static readonly string Second = Record("""{"_date":2,"Logical_Switch":{"6e6b2c3e":{"name":"one"}}}""");
    private static readonly Deadline Enough = Deadline.After(TimeSpan.FromSeconds(20));

    public static TheoryData<string, LogCondition, string> Files => new()
    {
        { Schema, LogCondition.Sound, "" },
        { Schema + First + Second, LogCondition.Sound, "" },
        { "", LogCondition.Damaged, "it is empty" },
        { "nonsense", LogCondition.Damaged, "holds the schema" },
        { new string('\0', 4096), LogCondition.Damaged, "holds the schema" },
        { Spoilt(Schema) + First + Second, LogCondition.Damaged, "the record at byte 0 of" },
        { Schema[..^1], LogCondition.Damaged, "holds the schema" },
        { Schema.Replace("JSON 5", "JSON 9", StringComparison.Ordinal), LogCondition.Damaged, "holds the schema" },
        { Schema + Spoilt(First) + Second, LogCondition.Damaged, "others follow it" },
        { Schema + "garbage" + First, LogCondition.Damaged, "others follow it" },
        { Schema + First[..20] + "\n" + Second, LogCondition.Damaged, "others follow it" },
        { Schema + First.Replace("JSON ", "JSON -", StringComparison.Ordinal) + Second, LogCondition.Damaged, "others follow it" },
        { Schema + First + Spoilt(Second), LogCondition.TornTail, "is not what it should be" },
        { Schema + First + Second[..^3], LogCondition.TornTail, "is not what it should be" },
        { Schema + First + "OVSDB JSON 99999999999999999999 x", LogCondition.TornTail, "is not what it should be" },
        { Schema + First + new string('\0', 200_000), LogCondition.TornTail, "is not what it should be" },
        { Schema + new string('x', 100_000) + "\n" + First, LogCondition.Damaged, "others follow it" },
        { "OVSDB CLUSTER 12 abc\nwhatever", LogCondition.Unknown, "clustered" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_judged_by_its_records(string content, LogCondition condition, string detail)
    {
        var finding = DatabaseLog.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(content)), Enough);
        Assert.Equal(condition, finding.Condition);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(condition == LogCondition.Sound, finding.Detail.Length == 0);
    }

    [Fact]
    public void Wherever_a_byte_of_all_but_the_last_record_changes_the_file_is_damaged()
    {
        var sound = Encoding.Latin1.GetBytes(Schema + First + Second);
        for (var place = 0; place < Schema.Length + First.Length; place++)
        {
            var spoilt = sound.ToArray();
            spoilt[place] ^= 0x20;
            Assert.Equal(LogCondition.Damaged, DatabaseLog.Inspect(new MemoryStream(spoilt), Enough).Condition);
        }
    }

    [Fact]
    public void Wherever_the_file_ends_after_the_schema_only_the_last_record_is_torn()
    {
        var sound = Encoding.Latin1.GetBytes(Schema + First + Second);
        for (var length = Schema.Length; length < sound.Length; length++)
        {
            var expected = length == Schema.Length || length == Schema.Length + First.Length ? LogCondition.Sound : LogCondition.TornTail;
            Assert.Equal(expected, DatabaseLog.Inspect(new MemoryStream(sound, 0, length), Enough).Condition);
        }
    }

    [Fact]
    public void A_header_that_lies_across_two_reads_is_found()
    {
        for (var filler = 65_500; filler < 65_600; filler++)
        {
            var content = Schema + new string('x', filler) + "\n" + First;
            Assert.Equal(LogCondition.Damaged, DatabaseLog.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(content)), Enough).Condition);
        }
    }

    [Fact]
    public void Without_time_nothing_is_held_against_a_file() =>
        Assert.Equal(LogCondition.Unknown, DatabaseLog.Inspect(new MemoryStream(Encoding.Latin1.GetBytes(Spoilt(Schema))), default).Condition);

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
