using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NorthdRestartsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory();

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_third_restart_within_a_minute_is_one_too_many()
    {
        var restarts = new NorthdRestarts(directory.FullName, "ovndb");
        Assert.False(restarts.AreMany);
        for (var number = 1; number < NorthdRestarts.Many; number++)
        {
            restarts.Note();
            Assert.False(restarts.AreMany);
        }

        restarts.Note();
        Assert.True(restarts.AreMany);
        restarts.Note();
        Assert.True(restarts.AreMany);
        Assert.Equal(NorthdRestarts.Many, File.ReadAllText(Assert.Single(directory.GetFiles()).FullName).Split(' ').Length);
    }

    [Theory]
    [InlineData("940001 970000 1000000", 1_000_000, 3)]
    [InlineData("940000 970000 1000000", 1_000_000, 2)]
    [InlineData("970000 1000000", 5_000_000, 0)]
    public void A_restart_counts_for_a_minute(string text, long now, int recent) => Assert.Equal(recent, NorthdRestarts.Recent(text, now).Count);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense -5 +5 1e3")]
    [InlineData("99999999999999999999 5001")]
    public void What_cannot_be_or_is_still_to_come_is_nothing(string? text) => Assert.Empty(NorthdRestarts.Recent(text, 5000));

    [Fact]
    public void What_cannot_be_noted_is_no_restart_too_many()
    {
        var restarts = new NorthdRestarts(Path.Combine(directory.FullName, "missing"), "ovndb");
        for (var number = 0; number < NorthdRestarts.Many; number++)
        {
            restarts.Note();
        }

        Assert.False(restarts.AreMany);
    }
}
