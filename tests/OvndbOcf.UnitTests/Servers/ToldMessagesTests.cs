using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ToldMessagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private ToldMessages Told => new(new StateFile(_folder.Path, "ovndb", "told"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_message_is_told_again_after_a_minute()
    {
        Assert.True(Told.IsNew("NB is busy", 1000));
        Assert.True(Told.IsNew("SB is busy", 2000));
        Assert.False(Told.IsNew("NB is busy", 60_999));
        Assert.True(Told.IsNew("NB is busy", 61_000));
        Assert.False(Told.IsNew("SB is busy", 61_999));
    }

    [Fact]
    public void After_a_reboot_everything_is_new()
    {
        Assert.True(Told.IsNew("NB is busy", 50_000));
        Assert.True(Told.IsNew("NB is busy", 10));
    }

    [Fact]
    public void What_is_kept_is_bounded()
    {
        for (var number = 0; number < 1000; number++)
        {
            Assert.True(Told.IsNew($"message {number}", 5000));
        }

        Assert.Equal(32, File.ReadAllLines(Assert.Single(Directory.GetFiles(_folder.Path))).Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("\n\n5 \n x\n-1 x\n")]
    public void A_damaged_file_hides_nothing(string text)
    {
        _folder.Write("ovndb-servers-ovndb.told", text);
        Assert.True(Told.IsNew("NB is busy"));
        Assert.False(Told.IsNew("NB is busy"));
    }

    [Fact]
    public void What_cannot_be_noted_is_told_each_time()
    {
        var told = new ToldMessages(new StateFile(_folder["missing"], "ovndb", "told"));
        Assert.True(told.IsNew("NB is busy"));
        Assert.True(told.IsNew("NB is busy"));
    }
}
