using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>Fault by fault, the agents side by side where both had the same faults.</summary>
internal static class ComparisonSection
{
    private const int Columns = 5;

    /// <summary>The section.</summary>
    public static Markup Write(IReadOnlyList<NumberedCampaign> campaigns) =>
        Markup.Of(
            $"""
            <section id="faults"><h2>Fault by fault</h2>
            {CampaignPair.Of(campaigns).Select(Table)}
            </section>
            """
        );

    private static Markup Table(CampaignPair pair)
    {
        var columns = pair
            .Campaigns.Select(campaign =>
                (
                    Campaign: campaign,
                    ByNumber: campaign
                        .Report.Faults.Select((fault, index) => (Fault: fault, Index: index))
                        .ToLookup(one => one.Fault.Number)
                )
            )
            .ToList();
        var numbers = pair.Campaigns.SelectMany(campaign => campaign.Report.Faults.Select(fault => fault.Number)).Distinct().Order();
        return Markup.Of(
            $"""
            <table><caption>{Words.Ground(pair.Setup)}</caption>
            <thead><tr><th rowspan="2" class="n">No.</th><th rowspan="2">Fault</th>{columns.Select(column =>
                Markup.Of($"""<th class="edge" colspan="{Columns}">{Words.Agent(column.Campaign.Report.Setup.Agent)}</th>""")
            )}</tr>
            <tr>{columns.Select(_ =>
                Markup.Of(
                    $"""<th class="edge">On</th><th class="n">Outage</th><th class="n">Recovery</th><th class="n">Missing</th><th class="n">Held</th>"""
                )
            )}</tr></thead>
            <tbody>{numbers.Select(number =>
                Row(number, [.. columns.Select(column => (column.Campaign, column.ByNumber[number].FirstOrDefault()))])
            )}</tbody></table>
            """
        );
    }

    private static Markup Row(int number, IReadOnlyList<(NumberedCampaign Campaign, (FaultRecord? Fault, int Index) Found)> columns)
    {
        var names = string.Join(" / ", columns.Select(column => column.Found.Fault?.Name).OfType<string>().Distinct());
        return Markup.Of(
            $"""<tr><th class="n">{number}</th><th>{names}</th>{columns.Select(column => Fault(column.Campaign, column.Found))}</tr>"""
        );
    }

    private static Markup Fault(NumberedCampaign campaign, (FaultRecord? Fault, int Index) found)
    {
        if (found.Fault is not { } fault)
        {
            return Cells.Empty(Columns);
        }

        var held = fault.Held
            ? Markup.Of($"""<a class="good" href="#{campaign.FaultAnchor(found.Index)}">✔ yes</a>""")
            : Markup.Of($"""<a class="bad" href="#{campaign.FaultAnchor(found.Index)}">✘ no</a>""");
        return Markup.Of(
            $"""<td class="edge">{fault.Target}</td>{Cells.Duration(fault.Outage)}{Cells.Recovery(fault.Recovery)}<td class="n">{fault.Missing}</td><td class="n">{held}</td>"""
        );
    }
}
