using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>How long the cluster took to recover from each kind of fault, the agents side by side.</summary>
internal static class RecoverySection
{
    /// <summary>The section.</summary>
    public static Markup Write(IReadOnlyList<NumberedCampaign> campaigns)
    {
        var agents = campaigns.Select(campaign => campaign.Report.Setup.Agent).Distinct().OrderBy(agent => agent == "shell").ToList();
        var kinds = campaigns
            .SelectMany(campaign => campaign.Report.Faults.Select(fault => (campaign.Report.Setup.Agent, Fault: fault)))
            .GroupBy(one => (one.Fault.Name, one.Fault.Class))
            .OrderBy(kind => kind.Key.Class)
            .ThenBy(kind => kind.Key.Name, StringComparer.Ordinal);
        return Markup.Of(
            $"""
            <section id="recovery"><h2>Recovery by kind of fault</h2>
            <p>From the fault, or from when it was taken back, until the cluster is whole again. A fault without recovery counts as the worst.</p>
            <table><thead><tr><th rowspan="2">Fault</th><th rowspan="2">Class</th>{agents.Select(agent =>
                Markup.Of($"""<th class="edge" colspan="3">{Words.Agent(agent)}</th>""")
            )}</tr>
            <tr>{agents.Select(_ =>
                Markup.Of($"""<th class="n edge">Count</th><th class="n">Median</th><th class="n">Worst</th>""")
            )}</tr></thead>
            <tbody>{kinds.Select(kind =>
                Markup.Of(
                    $"<tr><th>{kind.Key.Name}</th><td class=w>{Words.Class(kind.Key.Class)}</td>{agents.Select(agent => Columns([.. kind.Where(one => one.Agent == agent).Select(one => one.Fault)]))}</tr>"
                )
            )}</tbody></table>
            </section>
            """
        );
    }

    private static Markup Columns(IReadOnlyCollection<FaultRecord> faults)
    {
        if (faults.Count == 0)
        {
            return Cells.Empty(3);
        }

        var figures = RecoveryFigures.Of(faults);
        return Markup.Of($"""<td class="n edge">{figures.Count}</td>{Cells.Recovery(figures.Median)}{Cells.Recovery(figures.Worst)}""");
    }
}
