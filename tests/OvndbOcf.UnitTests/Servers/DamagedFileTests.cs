using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class DamagedFileTests
{
    private static readonly Deadline Enough = Deadline.After(TimeSpan.FromSeconds(20));

    [Fact]
    public void A_damaged_file_gets_another_name_and_keeps_its_content()
    {
        using var control = new ControlFixture();
        var path = control.Folder["ovnnb_db.db"];
        foreach (var number in Enumerable.Range(1, 3))
        {
            File.WriteAllText(path, $"damage {number}");
            Assert.True(DamagedFile.Examine(control.Parameters.Northbound, path, control.Log, Enough).Outcome.IsDone);
            Assert.False(File.Exists(path));
        }

        var kept = Directory.GetFiles(control.Folder.Path, "ovnnb_db.db.damaged-*").Select(File.ReadAllText).Order();
        Assert.Equal(["damage 1", "damage 2", "damage 3"], kept);
        Assert.Contains("ERROR: NB: ", control.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_sound_torn_or_not_there_stays_as_it_is()
    {
        using var control = new ControlFixture();
        var path = control.Folder["ovnnb_db.db"];
        Assert.True(DamagedFile.Examine(control.Parameters.Northbound, path, control.Log, Enough).Outcome.IsDone);
        Assert.Empty(Directory.GetFiles(control.Folder.Path));
        foreach (var content in new[] { DatabaseFileCheckTests.Record("{}"), DatabaseFileCheckTests.Record("{}") + "OVSDB JSON 12" })
        {
            File.WriteAllText(path, content);
            Assert.True(DamagedFile.Examine(control.Parameters.Northbound, path, control.Log, Enough).Outcome.IsDone);
            Assert.Equal(content, File.ReadAllText(Assert.Single(Directory.GetFiles(control.Folder.Path))));
        }
    }
}
