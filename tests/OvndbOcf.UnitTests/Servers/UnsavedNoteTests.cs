using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class UnsavedNoteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private UnsavedNote Note => new(_folder["ovnnb_db.db"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_stays_until_it_is_deleted()
    {
        Assert.False(Note.Exists);
        Assert.True(Note.Write());
        Assert.True(Note.Write());
        Assert.True(Note.Exists);
        Note.Delete();
        Note.Delete();
        Assert.False(Note.Exists);
    }

    [Fact]
    public void It_is_beside_the_database_and_each_has_its_own()
    {
        Note.Write();
        Assert.Equal([_folder["ovnnb_db.db.unsaved"]], Directory.GetFiles(_folder.Path));
        Assert.False(new UnsavedNote(_folder["ovnsb_db.db"]).Exists);
    }

    [Fact]
    public void Where_it_cannot_be_written_that_is_told() => Assert.False(new UnsavedNote(_folder["missing/ovnnb_db.db"]).Write());
}
