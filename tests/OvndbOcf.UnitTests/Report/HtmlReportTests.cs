using System.Text.RegularExpressions;
using OvndbOcf.Campaign.Report;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

public sealed partial class HtmlReportTests
{
    private const string Evil = "<script>alert(\"1\")</script>&'";

    [Fact]
    public void Nothing_in_the_data_becomes_markup()
    {
        var timeline = new Timeline(10, [new Lane(Evil, [], [])], [new Moment(1, Evil)], []);
        var fault = new FaultRecord(1, Evil, Evil, FaultClass.Planned, 0, 1, [Evil], [new RowLoss(Evil, 1, 1)], timeline, Evil);
        var page = HtmlReport.Write([
            new CampaignReport(new CampaignSetup(Evil, Evil, 3, 7, Evil, Evil), DateTimeOffset.UnixEpoch, [fault]),
        ]);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("alert(\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_outside_is_needed_to_show_it()
    {
        var page = HtmlReport.Write([Campaigns.Ours(3), Campaigns.Shell(5)]);
        Assert.DoesNotMatch("(?i)<(link|img|iframe|script|object)|@import|https?:", page);
        Assert.All(Links().Matches(page), link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_leads_to_a_place_of_its_own()
    {
        var page = HtmlReport.Write([Campaigns.Ours(12), Campaigns.Shell(12)]);
        var places = Ids().Matches(page).Select(id => id.Groups[1].Value).ToList();
        Assert.Equal(places.Distinct(), places);
        Assert.Empty(Links().Matches(page).Select(link => link.Groups[1].Value[1..]).Except(places));
    }

    [Fact]
    public void Faults_that_held_are_closed_and_the_others_open()
    {
        var page = HtmlReport.Write([
            Campaigns.Of(
                "ours",
                Campaigns.Fault(1),
                Campaigns.Fault(2) with
                {
                    Violations = ["two were active"],
                },
                Campaigns.Fault(3, null)
            ),
        ]);
        Assert.Equal(
            [false, true, true],
            Details().Matches(page).Select(details => details.Value.Contains(" open", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_verdict_is_told_for_each_agent()
    {
        var page = HtmlReport.Write([Campaigns.Shell(20), Campaigns.Ours(20)]);
        Assert.Contains("This agent: every invariant held, after 20 faults", page, StringComparison.Ordinal);
        Assert.Contains("Shell agent: 4 of 20 faults broke an invariant, 2 needed a person", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("This agent:", StringComparison.Ordinal) < page.IndexOf("Shell agent:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_campaign_without_faults_is_no_success() =>
        Assert.Contains("This agent: nothing was tried", HtmlReport.Write([Campaigns.Of("ours")]), StringComparison.Ordinal);

    [Fact]
    public void A_fault_that_only_one_agent_had_leaves_the_other_empty()
    {
        var page = HtmlReport.Write([
            Campaigns.Of("ours", Campaigns.Fault(1), Campaigns.Fault(2)),
            Campaigns.Of("shell", Campaigns.Fault(2)),
        ]);
        Assert.Single(Regex.Matches(page, "colspan=\"5\">–"));
    }

    [Fact]
    public void Hundreds_of_faults_stay_a_file_that_can_be_sent()
    {
        Assert.InRange(HtmlReport.Write([Campaigns.Ours(300), Campaigns.Shell(300)]).Length, 500_000, 6_000_000);
    }

    [GeneratedRegex(" href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<details[^>]*>")]
    private static partial Regex Details();
}
