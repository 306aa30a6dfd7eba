using System.Globalization;
using OvndbOcf.Decisions.Neighbours;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Neighbours;

public sealed class NeighbourJudgementTests
{
    private const bool Start = true;
    private const bool Look = false;

    /// <summary>
    /// The name of the action's resource; whether it is a start; all resources as NAME:SHARED:DIFFERING, with ! where it has run here; those that are in the way, with ! where the parameters are refused.
    /// </summary>
    public static TheoryData<string, bool, string, string> Table =>
        new()
        {
            // Named by Pacemaker, so any other one is another one.
            { "ovndb", Look, "", "" },
            { "ovndb", Look, "ovndb:5:0!", "" },
            { "ovndb", Look, "ovndb:5:0! other:0:2!", "" },
            { "ovndb", Look, "ovndb:5:0! other:5:1", "other!" },
            { "ovndb", Look, "ovndb:5:0! other:1:4!", "other!" },
            { "ovndb", Start, "ovndb:5:0! other:1:4!", "other!" },
            { "ovndb", Start, "ovndb:5:0! other:1:4", "other" },
            { "ovndb", Start, "ovndb:5:0! a:1:4! b:5:0", "a! b" },
            { "test", Start, "test:5:0 other:5:1!", "other!" },
            { "test", Start, "test:5:0 other:5:1", "other" },
            // Named by nobody: one may be the resource itself, before a change or after it.
            { "test", Look, "", "" },
            { "test", Look, "ovndb:5:0!", "" },
            { "test", Look, "ovndb:5:1!", "" },
            { "test", Look, "ovndb:2:3!", "" },
            { "test", Look, "ovndb:0:5!", "" },
            // What is in the way beside that is another one.
            { "test", Look, "ovndb:4:1! other:1:5!", "other" },
            { "test", Look, "other:1:5! ovndb:4:1!", "other" },
            { "test", Look, "other:5:1! ovndb:5:0!", "other" },
            { "test", Look, "ovndb:5:0! other:5:1", "other" },
            { "test", Look, "a:5:0 b:5:0 c:3:0", "b c" },
            // A resource may have the name that stands for none.
            { "test", Look, "test:5:0!", "" },
            { "test", Look, "test:1:3! ovndb:5:1!", "test" },
            { "test", Look, "test:5:0! ovndb:1:3", "ovndb" },
            // Named by a person or a test tool, and not configured.
            { "ovndb", Look, "other:5:0!", "" },
            { "ovndb", Start, "other:5:0!", "other" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Those_in_the_way(string me, bool isStart, string all, string expected)
    {
        var neighbours = all.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
        Assert.Equal(
            expected,
            string.Join(' ', NeighbourJudgement.Of(me, isStart, neighbours).Select(one => one.Other.Id + (one.IsRefused ? "!" : "")))
        );
    }

    private static Neighbour Read(string text)
    {
        var parts = text.TrimEnd('!').Split(':');
        return new Neighbour(parts[0], [.. Enumerable.Repeat("ovn_rundir", Number(parts[1]))], Number(parts[2]), text.EndsWith('!'));
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
