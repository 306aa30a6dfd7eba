using System.Globalization;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class RecentNoteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private RecentNote Note => new(new StateFile(_folder.Path, "ovndb", "published"));

    private string FilePath => _folder["ovndb-servers-ovndb.published"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Current promotion=7")]
    [InlineData("")]
    [InlineData("two\nlines\n")]
    public void What_was_noted_is_said_and_nothing_else(string text)
    {
        Assert.False(Note.Says(text));
        Note.Write(text);
        Assert.True(Note.Says(text));
        Assert.False(Note.Says(text + " "));
        Note.Write("other");
        Assert.False(Note.Says(text));
    }

    [Fact]
    public void A_note_can_be_taken_back()
    {
        Note.Write("text");
        Note.Write(null);
        Assert.False(Note.Says("text"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Note.Write(null);
    }

    [Theory]
    [InlineData(50_000, true)]
    [InlineData(60_000, false)]
    [InlineData(3_600_000, false)]
    [InlineData(-3_600_000, false)]
    public void It_lasts_a_minute_and_not_beyond_a_reboot(int age, bool lasts)
    {
        File.WriteAllText(FilePath, string.Create(CultureInfo.InvariantCulture, $"{Environment.TickCount64 - age}\ntext"));
        Assert.Equal(lasts, Note.Says("text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("\ntext")]
    [InlineData("soon\ntext")]
    [InlineData("-1\ntext")]
    [InlineData("99999999999999999999999\ntext")]
    public void Anything_else_says_nothing(string content)
    {
        _folder.Write("ovndb-servers-ovndb.published", content);
        Assert.False(Note.Says("text"));
    }

    [Fact]
    public void Where_nothing_can_be_noted_nothing_is_said_and_nobody_is_held_up()
    {
        Directory.CreateDirectory(FilePath);
        foreach (var note in (RecentNote[])[Note, new(new StateFile(_folder["missing"], "ovndb", "published"))])
        {
            note.Write("text");
            Assert.False(note.Says("text"));
            note.Write(null);
        }
    }

    [Fact]
    public void Each_resource_and_kind_has_a_note_of_its_own()
    {
        Note.Write("text");
        Assert.False(new RecentNote(new StateFile(_folder.Path, "ovndb", "gave-way")).Says("text"));
        Assert.False(new RecentNote(new StateFile(_folder.Path, "other", "published")).Says("text"));
    }

    [Fact]
    public void A_resources_name_does_not_lead_out_of_the_directory()
    {
        new RecentNote(new StateFile(_folder.Path, "../../x", "published")).Write("text");
        Assert.Equal([_folder["ovndb-servers-.._.._x.published"]], Directory.GetFiles(_folder.Path));
    }
}
