using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionRecordTests
{
    private const string Marker = "7 77777777-0000-4000-8000-000000000007 other 2026-03-01T12:00:00Z open";
    private const string Sixth = "66666666-0000-4000-8000-000000000006";

    private static readonly PromotionRecord Bare = new(Known.Marker(7, Known.Seventh));

    private static readonly PromotionRecord Full = Bare with
    {
        Previous = Known.Sixth,
        Complete = true,
        Address = IPAddress.Parse("2001:db8::9"),
        Northbound = new Version(7, 3, 0),
        Southbound = new Version(20, 33, 1),
        Outdated = ["a", "b"],
    };

    [Theory]
    [InlineData("boot=88888888-0000-4000-8000-000000000008", true)]
    [InlineData("boot=8888888800004000800000000000008", false)]
    [InlineData("boot=", false)]
    [InlineData("", false)]
    public void The_boot_is_read_as_it_was_written(string words, bool isKnown)
    {
        Guid? boot = isKnown ? Guid.Parse("88888888-0000-4000-8000-000000000008") : null;
        var read = PromotionRecord.Parse($"{Marker} {words}");
        Assert.NotNull(read);
        Assert.Equal(boot, read.Boot);
        Assert.Equal(isKnown ? $"{Marker} {words}" : Marker, read.ToString());
    }

    [Fact]
    public void A_bare_record_is_its_marker() => Assert.Equal(Marker, Bare.ToString());

    [Fact]
    public void A_full_record_is_written_so() =>
        Assert.Equal($"{Marker} previous={Sixth} complete=yes at=2001:db8::9 nb=7.3.0 sb=20.33.1 outdated=a,b", Full.ToString());

    [Fact]
    public void What_was_written_is_read()
    {
        // A list is compared by reference in a record: the texts say the same.
        Assert.Equal(Full.ToString(), PromotionRecord.Parse(Full.ToString())?.ToString());
        Assert.Equal(["a", "b"], PromotionRecord.Parse(Full.ToString())?.Outdated);
        Assert.Equal(Bare with { Outdated = [] }, PromotionRecord.Parse(Marker)! with { Outdated = Bare.Outdated });
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" complete=no")]
    [InlineData(" complete=YES")]
    [InlineData(" complete")]
    [InlineData(" complete=")]
    [InlineData(" =yes")]
    [InlineData(" future=yes other more=a=b")]
    [InlineData(" previous=66666666")]
    [InlineData(" previous={66666666-0000-4000-8000-000000000006}")]
    [InlineData(" changed=1772366400250")] // Of a former version.
    [InlineData(" at=nowhere")]
    [InlineData(" at=")]
    [InlineData(" nb=7 sb=x.y")]
    [InlineData(" nb=-1.0 sb=")]
    [InlineData(" outdated=")]
    [InlineData(" outdated=,,")]
    [InlineData(" Outdated=a Complete=yes")]
    public void What_it_does_not_know_is_left_out(string more) => Assert.Equal(Marker, PromotionRecord.Parse(Marker + more)?.ToString());

    [Fact]
    public void What_it_knows_is_read_between_what_it_does_not_know() =>
        Assert.Equal(
            Full.ToString(),
            PromotionRecord.Parse(Full.ToString().Replace(" at=", " new=1  x at=", StringComparison.Ordinal))?.ToString()
        );

    [Fact]
    public void The_last_of_two_values_counts() =>
        Assert.Equal($"{Marker} nb=2.0", PromotionRecord.Parse($"{Marker} nb=1.0 nb=2.0")?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("a b c d e")]
    [InlineData("previous=66666666-0000-4000-8000-000000000006")]
    [InlineData("0 77777777-0000-4000-8000-000000000007 other 2026-03-01T12:00:00Z open complete=yes")]
    [InlineData("7 77777777-0000-4000-8000-000000000007 other 2026-03-01T12:00:00Z complete=yes")]
    [InlineData(" 7 77777777-0000-4000-8000-000000000007 other 2026-03-01T12:00:00Z open")]
    public void Nothing_without_a_marker_is_a_record(string? text) => Assert.Null(PromotionRecord.Parse(text));

    [Fact]
    public void Each_database_has_its_schema()
    {
        Assert.Equal(new Version(7, 3, 0), Full.Schema(OvnDatabase.Northbound));
        Assert.Equal(new Version(20, 33, 1), Full.Schema(OvnDatabase.Southbound));
        Assert.Null(Bare.Schema(OvnDatabase.Northbound));
    }
}
