using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class NodeClaimTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";

    [Fact]
    public void A_full_claim_is_written_so() =>
        Assert.Equal(
            $"Current promotable 7 1772366400250 {Id}",
            new NodeClaim(Known.Me, Known.Seventh, CopyState.Current, true, 7, Known.At(0.25)).ToString()
        );

    [Fact]
    public void A_node_that_is_not_able_says_so_at_the_end() =>
        Assert.Equal(
            $"LastActive promotable 7 - {Id} unable",
            new NodeClaim(Known.Me, Known.Seventh, CopyState.LastActive, true, 7, null) { IsAble = false }.ToString()
        );

    [Fact]
    public void What_is_unknown_is_a_dash() =>
        Assert.Equal("Empty not 0 - -", new NodeClaim(Known.Me, null, CopyState.Empty, false, 0, null).ToString());

    public static TheoryData<CopyState> States => [.. Enum.GetValues<CopyState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void What_was_written_is_read(CopyState state)
    {
        NodeClaim[] claims =
        [
            new(Known.Me, Known.Seventh, state, true, long.MaxValue, Known.At(1)),
            new(Known.Other, null, state, false, 0, null),
            new(Known.Other, Known.Seventh, state, true, 7, null) { IsAble = false },
        ];
        Assert.Equal(claims, claims.Select(claim => NodeClaim.Parse(claim.Node, claim.ToString())));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("    ")]
    [InlineData("Current")]
    [InlineData($"Current promotable 7 - {Id} more")]
    [InlineData($"Current promotable 7 - {Id} unable more")]
    [InlineData($"Current promotable 7 - {Id} unable unable")]
    [InlineData($"Current promotable 7 - {Id} Unable")]
    [InlineData($"Current promotable 7 - {Id}unable")]
    [InlineData(" unable")]
    [InlineData("unable")]
    [InlineData("Current promotable 7 - unable")]
    [InlineData("Current promotable 7 -")]
    [InlineData($"Current promotable 7 - {Id} ")]
    [InlineData($"8 promotable 7 - {Id}")]
    [InlineData($"-8 promotable 7 - {Id}")]
    [InlineData($"+8 promotable 7 - {Id}")]
    [InlineData($"99 promotable 7 - {Id}")]
    [InlineData($"current promotable 7 - {Id}")]
    [InlineData($"CURRENT promotable 7 - {Id}")]
    [InlineData($"Current,Complete promotable 7 - {Id}")]
    [InlineData($"Promoted promotable 7 - {Id}")]
    [InlineData($" promotable 7 - {Id}")]
    [InlineData($"Current yes 7 - {Id}")]
    [InlineData($"Current Promotable 7 - {Id}")]
    [InlineData($"Current promotable -7 - {Id}")]
    [InlineData($"Current promotable seven - {Id}")]
    [InlineData($"Current promotable  - {Id}")]
    [InlineData($"Current promotable 9223372036854775808 - {Id}")]
    [InlineData("Current promotable 7 - 77777777")]
    [InlineData($"Current promotable 7 - {{{Id}}}")]
    [InlineData("Current promotable 7 - ")]
    public void Nothing_else_is_a_claim(string? text) => Assert.Null(NodeClaim.Parse(Known.Me, text));

    [Theory]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("253402300800000")]
    public void A_time_that_is_none_is_unknown(string changed) =>
        Assert.Equal(
            new NodeClaim(Known.Me, Known.Seventh, CopyState.Current, false, 7, null),
            NodeClaim.Parse(Known.Me, $"Current not 7 {changed} {Id}")
        );
}
