using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NorthdIdlenessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private NorthdIdleness Idleness => In(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_restart_is_remembered_until_it_works_again()
    {
        Assert.Equal(TimeSpan.Zero, Idleness.Note(isIdle: true));
        Assert.False(Idleness.WasRestarted);
        Assert.True(Idleness.TryNoteRestart());
        Idleness.Note(isIdle: true);
        Assert.True(Idleness.WasRestarted);
        Idleness.Note(isIdle: false);
        Assert.False(Idleness.WasRestarted);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_time_counts_from_the_restart()
    {
        File.WriteAllText(_folder["ovndb-servers-ovndb.northd-idle"], "1");
        Assert.True(Idleness.Note(isIdle: true) > NorthdCure.Patience);
        Assert.True(Idleness.TryNoteRestart());
        Assert.Equal(TimeSpan.Zero, Idleness.Note(isIdle: true));
    }

    [Fact]
    public void A_restart_that_cannot_be_noted_is_none() => Assert.False(In(_folder["missing"]).TryNoteRestart());

    private static NorthdIdleness In(string directory) =>
        new ResourceMemory(directory, "ovndb", Configured.Parameters().Directories).NorthdIdleness;
}
