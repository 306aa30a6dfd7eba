using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class FollowingSinceFileTests : IDisposable
{
    private static readonly Guid Promotion = Guid.NewGuid();
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private FollowingSinceFile Note => new(new StateFile(_folder.Path, "ovndb", "following"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_is_proven_from_the_moment_on_at_which_it_was_seen_following()
    {
        Note.Write(Promotion, "a b", Since);
        Assert.Null(Note.Proven(Promotion, Since));
        Assert.Equal(Since.AddSeconds(1), Note.Proven(Promotion, Since.AddSeconds(1)));
        Assert.Null(Note.Proven(Promotion, null));
        Assert.Equal(Since, Note.Of(Promotion, "a b"));
        Assert.Null(Note.Of(Promotion, "a c"));
        Assert.Null(Note.Of(Guid.NewGuid(), "a b"));
    }

    [Fact]
    public void It_goes_on_by_the_same_connections_and_begins_anew_by_others()
    {
        Assert.True(Note.Write(Promotion, "a b", Since));
        Assert.False(Note.Write(Promotion, "a b", Since.AddMinutes(1)));
        Assert.NotNull(Note.Proven(Promotion, Since.AddSeconds(1)));
        Assert.True(Note.Write(Promotion, "a c", Since.AddMinutes(2)));
        Assert.Null(Note.Proven(Promotion, Since.AddMinutes(1)));
        Assert.NotNull(Note.Proven(Promotion, Since.AddMinutes(3)));
    }

    [Fact]
    public void It_proves_nothing_for_another_promotion_and_without_a_note()
    {
        Assert.Null(Note.Proven(Promotion, Since));
        Note.Write(Promotion, "a b", Since);
        Assert.Null(Note.Proven(Guid.NewGuid(), Since.AddSeconds(1)));
        Assert.Null(Note.Proven(null, Since.AddSeconds(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("x\ny")]
    [InlineData("99999999999999999\nid")]
    public void A_damaged_note_proves_nothing(string text)
    {
        _folder.Write("ovndb-servers-ovndb.following", text);
        Assert.Null(Note.Proven(Promotion, Since));
    }
}
