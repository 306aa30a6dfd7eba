using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class DatabaseDisksTests
{
    [Fact]
    public void A_disk_that_cannot_be_asked_is_not_taken_for_full() =>
        Assert.True(DatabaseDisks.HaveRoomToFollow("/nonexistent/directory/ovnnb_db.db"));
}
