using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Decisions.Copies;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class PromotionNoteTests : IDisposable
{
    private static readonly PromotionMarker Sixth = Known.Marker(6, Known.Sixth);
    private static readonly PromotionMarker Seventh = Known.Marker(7, Known.Seventh);

    private readonly TempFolder _folder = new();

    private PromotionNote Note => new(_folder["ovnnb_db.db"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_beside_the_database_and_keeps_the_number_that_was_on_record()
    {
        Assert.Null(Note.Read());
        Assert.True(Note.Write(NotedPromotion.OnRecord(Sixth)));
        Assert.True(Note.Open(Seventh));
        Assert.Equal(new NotedPromotion(Known.Seventh, 6) { Holder = Known.Other }, Note.Read());
        Assert.True(Note.Write(NotedPromotion.OnRecord(Seventh)));
        Assert.Equal(new NotedPromotion(Known.Seventh, 7) { Holder = Known.Other }, Note.Read());
        Assert.Equal([_folder["ovnnb_db.db.promotion"]], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void One_that_cannot_be_read_is_not_taken_for_none()
    {
        File.WriteAllText(_folder["ovnnb_db.db.promotion"], new string('7', 1000));
        Assert.Equal(NotedPromotion.Unreadable, Note.Read());
    }

    [Fact]
    public void Where_it_cannot_be_written_that_is_told() => Assert.False(new PromotionNote(_folder["missing/ovnnb_db.db"]).Open(Sixth));
}
