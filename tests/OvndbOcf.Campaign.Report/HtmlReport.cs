using OvndbOcf.Campaign.Report.Drawing;
using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Sections;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report;

/// <summary>Campaigns as a page for people.</summary>
public static class HtmlReport
{
    /// <summary>One HTML file that refers to nothing outside itself and runs no script. Whatever text the reports have is shown as text.</summary>
    public static string Write(IReadOnlyList<CampaignReport> reports)
    {
        var campaigns = NumberedCampaign.Of(reports);
        return Markup
            .Of(
                $"""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Fault campaign: OVN's databases in a Pacemaker cluster</title>
                <style>
                {new Markup(Style.Sheet)}
                </style></head><body>
                {RoleLook.Patterns}
                <h1>Fault campaign: OVN's databases in a Pacemaker cluster</h1>
                {SummarySection.Write(campaigns)}
                {Contents(campaigns)}
                {RecoverySection.Write(campaigns)}
                {ComparisonSection.Write(campaigns)}
                <section id="timelines"><h2>Reading the timelines</h2>{RoleLook.Legend}</section>
                {campaigns.Select(CampaignSection.Write)}
                </body></html>

                """
            )
            .Text;
    }

    private static Markup Contents(IReadOnlyList<NumberedCampaign> campaigns) =>
        Markup.Of(
            $"""
            <nav><ul class="links">
            <li><a href="#recovery">Recovery by kind of fault</a></li>
            <li><a href="#faults">Fault by fault</a></li>
            <li><a href="#timelines">Reading the timelines</a></li>
            {campaigns.Select(campaign =>
                Markup.Of($"""<li><a href="#{campaign.Anchor}">{Words.Campaign(campaign.Report.Setup)}</a></li>""")
            )}
            </ul></nav>
            """
        );
}
