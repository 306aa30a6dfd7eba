using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class FailedPromotionsTests : IDisposable
{
    private static readonly Guid Seventh = Guid.NewGuid();

    private readonly TempFolder _folder = new();

    private FailedPromotions Failed => new(new StateFile(_folder.Path, "ovndb", "promotion-failed"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_are_repeated_from_the_second_one_on(bool isAnythingOnRecord)
    {
        Guid? onRecord = isAnythingOnRecord ? Seventh : null;
        bool[] seen = [Failed.AreRepeated(onRecord), Add(onRecord), Add(onRecord), Add(onRecord)];
        Assert.Equal([false, false, true, true], seen);
    }

    [Fact]
    public void Those_of_another_promotion_do_not_count()
    {
        Add(Seventh);
        Add(Seventh);
        Assert.False(Failed.AreRepeated(Guid.NewGuid()));
        Assert.False(Failed.AreRepeated(null));
        Assert.False(Add(null));
    }

    [Fact]
    public void One_that_succeeds_ends_them()
    {
        Add(Seventh);
        Add(Seventh);
        Failed.Forget();
        Assert.False(Failed.AreRepeated(Seventh));
        Assert.False(Add(Seventh));
    }

    [Fact]
    public void Where_nothing_can_be_noted_none_is_repeated()
    {
        var failed = new FailedPromotions(new StateFile("/nonexistent/directory", "ovndb", "promotion-failed"));
        failed.Add(Seventh);
        failed.Add(Seventh);
        failed.Forget();
        Assert.False(failed.AreRepeated(Seventh));
    }

    private bool Add(Guid? onRecord)
    {
        Failed.Add(onRecord);
        return Failed.AreRepeated(onRecord);
    }
}
