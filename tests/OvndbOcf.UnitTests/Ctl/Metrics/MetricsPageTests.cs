using System.Text.Json;
using System.Text.RegularExpressions;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Metrics;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Metrics;

/// <summary>The page, the alert rules and the dashboard name the metrics that there are.</summary>
public sealed partial class MetricsPageTests
{
    private static readonly HashSet<string> Names = NamesOfAll();

    [Fact]
    public void The_page_has_each_metric_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));
        Assert.Equal(Names.Order(), PageName().Matches(page).Select(match => match.Groups[1].Value).Distinct().Order());
    }

    [Theory]
    [InlineData("ovndb-alerts.yml")]
    [InlineData("ovndb-dashboard.json")]
    public void Only_metrics_that_there_are_are_asked_for(string file)
    {
        var asked = AskedName()
            .Matches(File.ReadAllText(Path.Combine(Product.Root(), "docs", "prometheus", file)))
            .Select(match => match.Value)
            .Distinct()
            .ToList();
        Assert.Contains("ovndb_up", asked);
        Assert.All(asked, name => Assert.Contains(name, Names));
    }

    [Fact]
    public void The_dashboard_is_one_and_its_panels_do_not_overlap()
    {
        using var dashboard = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Product.Root(), "docs", "prometheus", "ovndb-dashboard.json"))
        );
        var taken = new HashSet<(int, int)>();
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.NotEmpty(target.GetProperty("expr").GetString()!));
            var place = panel.GetProperty("gridPos");
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            Assert.InRange(x + place.GetProperty("w").GetInt32(), 1, 24);
            for (var column = x; column < x + place.GetProperty("w").GetInt32(); column++)
            {
                for (var row = y; row < y + place.GetProperty("h").GetInt32(); row++)
                {
                    Assert.True(taken.Add((column, row)), panel.GetProperty("title").GetString());
                }
            }
        }
    }

    // Those of an active node and of a backup together.
    private static HashSet<string> NamesOfAll()
    {
        var backup = CtlSamples.Healthy with
        {
            Local = CtlSamples.Healthy.Local! with
            {
                SouthboundFiles = new FileFacts(1, 1, CtlSamples.Healthy.Time),
                Servers = new ServerPair(CtlSamples.Server(ServerState.Replicating), CtlSamples.Server(ServerState.Replicating)),
            },
        };
        return
        [
            .. MetricsBuilder
                .Build(
                    new Findings(backup.Time, TimeSpan.Zero, "1", [ResourceFindings.Of(CtlSamples.Healthy), ResourceFindings.Of(backup)])
                )
                .Where(family => family.Samples.Count > 0)
                .Select(family => family.Name),
        ];
    }

    [GeneratedRegex("`(ovndb_[a-z_]+)`")]
    private static partial Regex PageName();

    [GeneratedRegex("ovndb_[a-z_]+")]
    private static partial Regex AskedName();
}
