using OvndbOcf.Decisions.Neighbours;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Neighbours;

public sealed class OwnershipTests
{
    private static readonly ProcessMark Living = new(7, 100);
    private static readonly ProcessMark Dead = new(7, 99);

    [Fact]
    public void Only_servers_that_another_resource_noted_and_that_live_are_another_ones()
    {
        Assert.Null(Candidate(null));
        Assert.Null(Candidate(new Ownership("ovndb", [Living])));
        Assert.Null(Candidate(new Ownership("other", [])));
        Assert.Null(Candidate(new Ownership("other", [Dead])));
        Assert.Equal("other", Candidate(new Ownership("other", [Living])));
        Assert.Equal("other", Candidate(new Ownership("other", [Dead, Living])));
    }

    [Fact]
    public void A_resource_that_is_gone_from_the_configuration_owns_nothing_and_in_doubt_one_does()
    {
        Assert.True(Ownership.Counts("other", ["ovndb", "other"]));
        Assert.False(Ownership.Counts("other", ["ovndb"]));
        Assert.False(Ownership.Counts("other", []));
        Assert.False(Ownership.Counts("other", ["other2"]));
        Assert.True(Ownership.Counts("other", null));
    }

    [Fact]
    public void A_note_is_read_as_it_was_written()
    {
        var note = new Ownership("my resource", [Living, new ProcessMark(12, 3_000_000_000)]);
        var read = Ownership.Parse(note.ToString());
        Assert.Equal(
            ("my resource", "7:100 12:3000000000"),
            (read?.Resource, string.Join(' ', read!.Processes.Select(process => $"{process.Id}:{process.StartTicks}")))
        );
        Assert.Empty(Ownership.Parse(new Ownership("other", []).ToString())!.Processes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("other")]
    [InlineData("other\n7:100")]
    [InlineData("\n7:100\n")]
    [InlineData("other\n7\n")]
    [InlineData("other\n7:x\n")]
    [InlineData("other\n-7:1\n")]
    [InlineData("other\n7:1\nmore\n")]
    public void A_damaged_note_is_none(string? text) => Assert.Null(Ownership.Parse(text));

    private static string? Candidate(Ownership? noted) => Ownership.Candidate(noted, "ovndb", mark => mark == Living);
}
