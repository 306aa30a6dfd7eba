using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class LinkMemoryFileTests : IDisposable
{
    private const string Id = "3f2c1d60-0000-4000-8000-000000000007";

    private static readonly Guid Promotion = Guid.Parse(Id);
    private static readonly LinkEnds Ends = new("10.0.0.3:40112", "[fd00::3]:40114");

    private static readonly Dictionary<string, LinkMemory> Memory = new()
    {
        ["ctl-1"] = new(LinkState.Linked, Ends),
        ["ctl-2.example"] = new(LinkState.Lost, Ends),
        ["ctl-3"] = new(LinkState.Expected, null),
    };

    private readonly TempFolder _folder = new();

    private LinkMemoryFile Links => new(new StateFile(_folder.Path, "ovndb", "links"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_in_the_same_promotion_only()
    {
        Assert.Null(Links.Read(Promotion));
        Assert.True(Links.Write(Promotion, Memory));
        Assert.Equal(Memory, Links.Read(Promotion));
        Assert.Null(Links.Read(Guid.NewGuid()));
        Assert.True(Links.Write(Promotion, new Dictionary<string, LinkMemory>()));
        Assert.Empty(Links.Read(Promotion)!);
    }

    [Fact]
    public void A_line_is_a_backup() =>
        Assert.Equal(
            [Id, "ctl-1 Linked 10.0.0.3:40112 [fd00::3]:40114", "ctl-2.example Lost 10.0.0.3:40112 [fd00::3]:40114", "ctl-3 Expected - -"],
            LinkMemoryFile.Format(Promotion, Memory).Split('\n')
        );

    [Theory]
    [InlineData("")]
    [InlineData("ctl-1 Linked a")]
    [InlineData("ctl-1 Linked a b c")]
    [InlineData("ctl-1 linked a b")]
    [InlineData("ctl-1 Broken a b")]
    [InlineData("ctl-1 7 a b")]
    [InlineData("ctl-1  a b")]
    [InlineData(" Linked a b")]
    [InlineData("\0\0\0\0")]
    public void With_a_line_of_another_form_nothing_is_known_as_nobody_would_miss_that_backup(string line) =>
        Assert.Null(LinkMemoryFile.Parse($"{Id}\n{line}\nn Lost a b", Promotion));

    [Theory]
    [InlineData("- b")]
    [InlineData("a -")]
    [InlineData("- -")]
    public void One_end_alone_is_none(string ends) =>
        Assert.Equal(new LinkMemory(LinkState.Linked, null), LinkMemoryFile.Parse($"{Id}\nn Linked {ends}", Promotion)!["n"]);

    [Theory]
    [InlineData("")]
    [InlineData("n Linked a b")]
    [InlineData("\n" + Id + "\nn Linked a b")]
    [InlineData(Id + " \nn Linked a b")]
    public void Without_its_promotion_nothing_is_known(string text) => Assert.Null(LinkMemoryFile.Parse(text, Promotion));

    [Fact]
    public void What_cannot_be_read_or_written_is_not_known_and_said_so()
    {
        var missing = new LinkMemoryFile(new StateFile(_folder["missing"], "ovndb", "links"));
        Assert.False(missing.Write(Promotion, Memory));
        Assert.Null(missing.Read(Promotion));
        Directory.CreateDirectory(_folder["ovndb-servers-ovndb.links"]);
        Assert.False(Links.Write(Promotion, Memory));
        Assert.Null(Links.Read(Promotion));
    }

    [Fact]
    public void A_resources_name_does_not_lead_out_of_the_directory()
    {
        new LinkMemoryFile(new StateFile(_folder.Path, "../../x", "links")).Write(Promotion, Memory);
        Assert.Equal([_folder["ovndb-servers-.._.._x.links"]], Directory.GetFiles(_folder.Path));
        Assert.Null(Links.Read(Promotion));
    }
}
