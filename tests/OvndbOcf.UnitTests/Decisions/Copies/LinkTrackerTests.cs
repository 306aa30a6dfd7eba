using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class LinkTrackerTests
{
    private static readonly LinkEnds Ends = new("b:1", "b:2");

    [Fact]
    public void Every_case_is_what_the_table_says() =>
        Assert.Equal([], LinkCase.All.Where(seen => seen.Actual != seen.Expected).Select(seen => $"{seen}: {seen.Actual}"));

    [Fact]
    public void The_table_has_all_cases_and_results()
    {
        Assert.Equal(5 * (1 + (3 * 3) + 1) * 5 * 2 * 2, LinkCase.All.Count());
        Assert.Equal(
            "-- --+E- E-+En En+Eo Eo+Ln Lo Lo+X-+Xn+Xo+",
            string.Concat(LinkCase.All.Select(seen => seen.Expected).Distinct().Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public void A_lost_backup_without_known_ends_stays_lost()
    {
        var findings = Update(new() { ["b"] = new(LinkState.Lost, null) }, new() { ["b"] = new(Known.Seventh, null) }, []);
        Assert.Equal(new LinkMemory(LinkState.Lost, null), findings.Memory["b"]);
        Assert.Equal(["b"], findings.Outdated);
    }

    [Fact]
    public void A_linked_backup_without_known_ends_is_lost()
    {
        var findings = Update(new() { ["b"] = new(LinkState.Linked, null) }, new() { ["b"] = new(Known.Seventh, null) }, ["b:1", "b:2"]);
        Assert.Equal(new LinkMemory(LinkState.Lost, null), findings.Memory["b"]);
    }

    [Fact]
    public void Backups_do_not_disturb_each_other()
    {
        var findings = Update(
            new() { ["gone"] = new(LinkState.Linked, new("d:1", "d:2")), ["B"] = new(LinkState.Linked, new("c:1", "c:2")) },
            new()
            {
                ["back"] = new(Known.Seventh, Ends),
                ["B"] = new(Known.Seventh, null),
                ["new"] = new(null, null),
            },
            ["b:1", "b:2"],
            "back",
            "stranger"
        );
        Assert.Equal(["B", "back", "new"], findings.Memory.Keys);
        Assert.Equal([LinkState.Lost, LinkState.Linked, LinkState.Expected], findings.Memory.Values.Select(memory => memory.State));
        Assert.Equal(["B", "gone", "stranger"], findings.Outdated);
    }

    [Fact]
    public void A_backup_that_was_gone_before_anybody_looked_is_outdated()
    {
        var begin = LinkTracker.Initial(["gone", "b", "late"]);
        Assert.Equal(["b", "gone", "late"], begin.Keys);
        var findings = Update(new(begin), new() { ["b"] = new(Known.Seventh, Ends), ["late"] = new(null, null) }, ["b:1", "b:2"]);
        Assert.Equal(["gone"], findings.Outdated);
        Assert.Equal(
            new Dictionary<string, LinkMemory> { ["b"] = new(LinkState.Linked, Ends), ["late"] = new(LinkState.Expected, null) },
            findings.Memory
        );
    }

    [Fact]
    public void A_mark_goes_away_with_the_next_connection_and_not_before()
    {
        var cut = Update(new() { ["b"] = new(LinkState.Linked, Ends) }, new() { ["b"] = new(Known.Seventh, null) }, []);
        var absent = Update(new(cut.Memory), [], [], [.. cut.Outdated]);
        var connecting = Update(new(absent.Memory), new() { ["b"] = new(null, new("b:3", "b:4")) }, ["b:3", "b:4"], [.. absent.Outdated]);
        var connected = Update(
            new(connecting.Memory),
            new() { ["b"] = new(Known.Seventh, new("b:3", "b:4")) },
            ["b:3", "b:4"],
            [.. connecting.Outdated]
        );
        Assert.Equal(
            [
                ["b"],
                ["b"],
                ["b"],
                [],
            ],
            (IReadOnlyList<string>[])[cut.Outdated, absent.Outdated, connecting.Outdated, connected.Outdated]
        );
    }

    private static LinkFindings Update(
        Dictionary<string, LinkMemory> memory,
        Dictionary<string, PublishedLink> published,
        HashSet<string> established,
        params string[] outdated
    ) => LinkTracker.Update(memory, published, established, outdated, Known.Seventh, isDirect: true);
}
