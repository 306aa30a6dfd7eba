using System.Text.Json;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>docs/ovndbctl.md shows what the commands print.</summary>
public sealed class CtlPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));

    [Fact]
    public void A_listing_is_as_on_the_page() =>
        Assert.Contains(OnPage(ListText.Render(CtlSamples.View(CtlSamples.Healthy), CtlSamples.Plain)), Page, StringComparison.Ordinal);

    [Fact]
    public void A_switchover_is_as_on_the_page()
    {
        var view = CtlSamples.View(CtlSamples.Healthy);
        var plan = SwitchoverPlan.Decide(view, "node2", isSentAhead: true);
        var after = view with { Active = "node2", Promotion = view.Promotion! with { Number = 5, Node = "node2", Complete = true } };
        var result = SwitchoverText.Result(plan, true, after, new Outage(TimeSpan.FromSeconds(1.25), IsOver: true), false, null);
        Assert.Contains(OnPage(SwitchoverText.Plan(plan) + result), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_member_of_the_JSON_is_on_the_page()
    {
        var view = CtlSamples.View(CtlSamples.Healthy with { Status = null, IsLive = false });
        using var listed = JsonDocument.Parse(CtlJson.Write(view));
        using var explained = JsonDocument.Parse(CtlJson.Write(Why.Nobody(view)));
        var names = NamesIn(listed.RootElement).Concat(NamesIn(explained.RootElement)).Distinct().ToList();
        Assert.Contains("isPromotable", names);
        Assert.All(
            names,
            name =>
                Assert.True(
                    Page.Contains($"`{name}`", StringComparison.Ordinal) || Page.Contains($"`{name}[]`", StringComparison.Ordinal),
                    $"{name} is not on the page"
                )
        );
    }

    internal static IEnumerable<string> NamesIn(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => NamesIn(member.Value).Prepend(member.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
            _ => [],
        };

    private static string OnPage(string text) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
