using System.Text.Json;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>The promotions of the past, with why they were.</summary>
public sealed class HistoryTests
{
    private const string Kept =
        "1 00000001 node2 2026-11-27T05:00:00Z - - -;2 00000002 node2 2026-11-27T05:30:00Z - - 00000001;"
        + "3 00000003 node1 2026-11-27T06:00:00Z 2026-11-27T06:59:58Z - 00000002;"
        + "4 3f2c6c1e node1 2026-11-27T07:00:00Z - complete 00000003";

    [Fact]
    public void Each_promotion_has_its_cause()
    {
        var history = Of(Kept);
        var text = HistoryText.Render(history, CtlSamples.Plain);
        Assert.Equal(
            """
            PROMOTION  NODE   SINCE                ENDED AS PLANNED     COMPLETE
                    4  node1  2026-11-27 07:00:00  -                    yes
              planned: node1 ended promotion 3 with everything sent (2 s before)
                    3  node1  2026-11-27 06:00:00  2026-11-27 06:59:58  not proven
              promotion 2 had no end: node2 was lost, or its servers failed
                    2  node2  2026-11-27 05:30:00  -                    not proven
              promotion 1 of the same node had no end: its servers failed, its marks were
              lost, or another agent promoted meanwhile
                    1  node2  2026-11-27 05:00:00  -                    -
              the first on record

            """,
            text
        );
        var page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));
        using var document = JsonDocument.Parse(CtlJson.Write(history));
        Assert.Equal("Planned", document.RootElement.GetProperty("promotions")[0].GetProperty("cause").GetString());
        Assert.Equal([2, null, null, null], history.Promotions.Select(promotion => promotion.PauseSeconds));
        Assert.All(
            CtlPageTests.NamesIn(document.RootElement),
            name =>
                Assert.True(
                    page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`{name}[]`", StringComparison.Ordinal),
                    name
                )
        );
    }

    [Fact]
    public void The_record_is_part_of_the_history_also_where_that_is_missing_or_damaged()
    {
        foreach (var text in (string?[])[null, "", "damaged;;"])
        {
            var only = Assert.Single(Of(text).Promotions);
            Assert.Equal((4, "node1", PromotionCause.First), (only.Number, only.Node, only.Cause));
        }
    }

    [Fact]
    public void Clocks_that_differ_tell_no_pause()
    {
        var latest = Of(Kept.Replace("2026-11-27T06:59:58Z", "2026-11-27T07:00:01Z", StringComparison.Ordinal)).Promotions[0];
        Assert.Equal(
            (PromotionCause.Planned, null, "planned: node1 ended promotion 3 with everything sent"),
            (latest.Cause, latest.PauseSeconds, latest.Reason)
        );
    }

    [Fact]
    public void Where_the_one_before_is_not_kept_the_cause_is_unknown() =>
        Assert.Equal(
            PromotionCause.Unknown,
            Assert.Single(Of("4 3f2c6c1e node1 2026-11-27T07:00:00Z - complete 00000003").Promotions).Cause
        );

    [Fact]
    public void Nothing_on_record_is_told() =>
        Assert.Equal(
            "No promotion of other is on record.\n",
            HistoryText.Render(History.Of(Cib.Read(CtlSamples.Cib())!, "other"), CtlSamples.Plain)
        );

    private static HistoryView Of(string? kept)
    {
        // The record names the one before.
        var cib = Cib.Read(
            CtlSamples.Cib(
                record: $"4 {CtlSamples.Promotion} node1 2026-11-27T07:00:00Z open{(kept == Kept || kept?.Contains("complete", StringComparison.Ordinal) == true ? " previous=00000003-0000-4000-8000-000000000000 complete=yes" : "")}"
            )
        )!;
        return History.Of(
            kept is null
                ? cib
                : cib with
                {
                    Properties = new Dictionary<string, string>(cib.Properties) { ["ovndb-history-ovndb"] = kept },
                },
            "ovndb"
        );
    }
}
