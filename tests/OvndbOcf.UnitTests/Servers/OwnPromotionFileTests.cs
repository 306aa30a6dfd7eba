using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Decisions.Copies;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class OwnPromotionFileTests : IDisposable
{
    private static readonly PromotionRecord Record = new(Known.Marker(7, Known.Seventh, Known.Me))
    {
        Outdated = ["n2"],
        Previous = Known.Sixth,
    };

    private readonly TempFolder _folder = new();

    private OwnPromotionFile Own => new(new StateFile(_folder.Path, "ovndb", "promotion"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_open_promotion_is_remembered_with_all_that_is_known_of_it()
    {
        Assert.Null(Own.Read());
        Own.Write(Record);
        Assert.Equal(Record.ToString(), Own.Read()?.ToString());
    }

    [Fact]
    public void One_that_has_ended_is_not()
    {
        Own.Write(Record);
        Own.Write(Record with { Marker = Record.Marker with { Closed = true } });
        Assert.Null(Own.Read());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void One_that_was_given_up_is_not()
    {
        Own.Write(Record);
        Own.Delete();
        Own.Delete();
        Assert.Null(Own.Read());
    }

    [Fact]
    public void Anything_else_is_none()
    {
        _folder.Write("ovndb-servers-ovndb.promotion", "rubbish");
        Assert.Null(Own.Read());
    }
}
