using OvndbOcf.Campaign.Report;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

public sealed class CampaignJsonTests
{
    [Fact]
    public void What_was_written_is_read_again()
    {
        var campaign = Campaigns.Shell(10);
        var read = CampaignJson.Read(CampaignJson.Write(campaign));
        Assert.Equivalent(campaign, read, strict: true);
        Assert.Equal((campaign.Setup, campaign.Begin, campaign.Begin.Offset), (read.Setup, read.Begin, read.Begin.Offset));
        Assert.Null(read.Faults[9].Recovery);
    }

    [Fact]
    public void Names_are_in_snake_case_and_enums_are_words()
    {
        var text = CampaignJson.Write(Campaigns.Of("ours", Campaigns.Fault(1, faultClass: FaultClass.NodeLoss)));
        Assert.Contains("\"class\": \"node_loss\"", text, StringComparison.Ordinal);
        Assert.Contains("\"acknowledged\": 100", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    public void What_is_no_campaign_is_refused(string text) =>
        Assert.StartsWith(
            "This is no report of a campaign: ",
            Assert.Throws<FormatException>(() => CampaignJson.Read(text)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("\"node_loss\"", "\"node_lost\"", "class")]
    [InlineData("\"node_loss\"", "2", "class")]
    [InlineData("\"target\": \"node2\"", "\"target\": null", "target")]
    [InlineData("\"target\": \"node2\",", "", "target")]
    [InlineData("\"target\"", "\"targets\"", "targets")]
    [InlineData("\"violations\": []", "\"violations\": [null]", "element of a list")]
    [InlineData("\"lanes\": []", "\"lanes\": [null]", "element of a list")]
    [InlineData("\"outage\": 0.4", "\"outage\": \"long\"", "outage")]
    public void The_message_tells_what_is_wrong(string right, string wrong, string told)
    {
        var text = CampaignJson.Write(Campaigns.Of("ours", Campaigns.Fault(1, faultClass: FaultClass.NodeLoss)));
        var changed = text.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        Assert.Contains(told, Assert.Throws<FormatException>(() => CampaignJson.Read(changed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_none_cannot_be_written() =>
        Assert.Throws<ArgumentException>(() => CampaignJson.Write(Campaigns.Of("ours", Campaigns.Fault(1, recovery: double.NaN))));
}
