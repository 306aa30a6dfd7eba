using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Memory;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NorthdRestartsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory();

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_third_restart_within_a_minute_is_one_too_many()
    {
        var restarts = new NorthdRestarts(new StateFile(directory.FullName, "ovndb", "northd"));
        Assert.False(restarts.AreMany);
        for (var number = 1; number < RestartHistory.Many; number++)
        {
            restarts.Note();
            Assert.False(restarts.AreMany);
        }

        restarts.Note();
        Assert.True(restarts.AreMany);
        restarts.Note();
        Assert.True(restarts.AreMany);
        Assert.Equal(RestartHistory.Many, File.ReadAllText(Assert.Single(directory.GetFiles()).FullName).Split(' ').Length);
    }

    [Fact]
    public void What_cannot_be_noted_is_no_restart_too_many()
    {
        var restarts = new NorthdRestarts(new StateFile(Path.Combine(directory.FullName, "missing"), "ovndb", "northd"));
        for (var number = 0; number < RestartHistory.Many; number++)
        {
            restarts.Note();
        }

        Assert.False(restarts.AreMany);
    }
}
