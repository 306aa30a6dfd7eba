using System.Globalization;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ConditionTimerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private ConditionTimer Record => new(new StateFile(_folder.Path, "ovndb", "disconnected"));

    private string FilePath => _folder["ovndb-servers-ovndb.disconnected"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_seen_for_the_first_time_does_not_last()
    {
        var before = Environment.TickCount64;
        Assert.Equal(TimeSpan.Zero, Record.Update(true));
        Assert.InRange(Recorded, before, Environment.TickCount64);
    }

    [Fact]
    public void A_second_look_keeps_the_time_of_the_first()
    {
        Record.Update(true);
        var first = Recorded;
        Assert.InRange(Record.Update(true), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(first, Recorded);
    }

    [Theory]
    [InlineData(20000)]
    [InlineData(3_600_000)]
    [InlineData(1)]
    public void The_time_since_then_is_told(int longest)
    {
        // A machine that has just been started knows of no earlier time.
        var age = Math.Min(longest, Environment.TickCount64 - 1);
        var since = Environment.TickCount64 - age;
        File.WriteAllText(FilePath, since.ToString(CultureInfo.InvariantCulture));
        Assert.InRange(Record.Update(true), TimeSpan.FromMilliseconds(age), TimeSpan.FromMilliseconds(age + 10000));
        Assert.Equal(since, Recorded);
    }

    [Fact]
    public void It_lasts_from_20_seconds_on() => Assert.Equal(TimeSpan.FromSeconds(20), Disconnection.Lasting);

    [Fact]
    public void A_connection_ends_it()
    {
        File.WriteAllText(FilePath, "1");
        Assert.Equal(TimeSpan.Zero, Record.Update(false));
        Assert.False(File.Exists(FilePath));
        Assert.Equal(TimeSpan.Zero, Record.Update(true));
    }

    [Fact]
    public void A_time_that_is_yet_to_come_is_from_before_a_reboot_and_starts_anew()
    {
        File.WriteAllText(FilePath, (Environment.TickCount64 + 3_600_000).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, Record.Update(true));
        Assert.InRange(Recorded, 0, Environment.TickCount64);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1\n")]
    [InlineData("99999999999999999999999")]
    public void Anything_that_is_no_time_starts_anew(string text)
    {
        File.WriteAllText(FilePath, text);
        Assert.Equal(TimeSpan.Zero, Record.Update(true));
        Assert.InRange(Recorded, 2, Environment.TickCount64);
    }

    [Fact]
    public void Where_nothing_can_be_recorded_what_is_seen_counts_as_it_is()
    {
        foreach (var directory in (string[])[_folder["missing"], _folder.Write("file", "")])
        {
            var record = new ConditionTimer(new StateFile(directory, "ovndb", "disconnected"));
            Assert.Equal(Disconnection.Lasting, record.Update(true));
            Assert.Equal(TimeSpan.Zero, record.Update(false));
        }

        Directory.CreateDirectory(FilePath);
        Assert.Equal(Disconnection.Lasting, Record.Update(true));
    }

    [Fact]
    public void Each_resource_has_a_record_of_its_own()
    {
        File.WriteAllText(FilePath, "1");
        Assert.NotEqual(TimeSpan.Zero, Record.Update(true));
        Assert.Equal(TimeSpan.Zero, new ConditionTimer(new StateFile(_folder.Path, "other", "disconnected")).Update(true));
    }

    [Fact]
    public void A_resources_name_does_not_lead_out_of_the_directory()
    {
        new ConditionTimer(new StateFile(_folder.Path, "../../x", "disconnected")).Update(true);
        Assert.Equal([_folder["ovndb-servers-.._.._x.disconnected"]], Directory.GetFiles(_folder.Path));
    }

    private long Recorded => long.Parse(File.ReadAllText(FilePath), CultureInfo.InvariantCulture);
}
