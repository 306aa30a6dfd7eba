using System.Globalization;
using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>A campaign: what it ran on, links to its faults, and the faults.</summary>
internal static class CampaignSection
{
    /// <summary>The section.</summary>
    public static Markup Write(NumberedCampaign campaign)
    {
        var (setup, faults) = (campaign.Report.Setup, campaign.Report.Faults);
        return Markup.Of(
            $"""
            <section id="{campaign.Anchor}"><h2>{Words.Campaign(setup)}</h2>
            <p class="quiet">Begun {campaign.Report.Begin.ToString(
                "yyyy-MM-dd HH:mm zzz",
                CultureInfo.InvariantCulture
            )}. {setup.Versions}. {setup.Machine}.</p>
            <nav><ul class="chips">
            {faults.Select((fault, index) => Chip(campaign, fault, index))}
            </ul></nav>
            {faults.Select((fault, index) => FaultSection.Write(fault, campaign.FaultAnchor(index)))}
            </section>
            """
        );
    }

    private static Markup Chip(NumberedCampaign campaign, FaultRecord fault, int index) =>
        fault.Held
            ? Markup.Of($"""<li><a href="#{campaign.FaultAnchor(index)}">{fault.Number}</a></li>""")
            : Markup.Of($"""<li><a class="broken" href="#{campaign.FaultAnchor(index)}">✘ {fault.Number}</a></li>""");
}
