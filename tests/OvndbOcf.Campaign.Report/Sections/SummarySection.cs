using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>What a reader without time reads: did the invariants hold, and the figures of each campaign.</summary>
internal static class SummarySection
{
    /// <summary>The section.</summary>
    public static Markup Write(IReadOnlyList<NumberedCampaign> campaigns) =>
        Markup.Of(
            $"""
            <section id="summary"><h2>Summary</h2>
            {campaigns.GroupBy(campaign => campaign.Report.Setup.Agent).OrderBy(agent => agent.Key == "shell").Select(agent =>
                Verdict(agent.Key, [.. agent])
            )}
            <p>After every fault the cluster must be whole again without a person, no two nodes may ever be active together, and every acknowledged row must
            still be there. Only the loss of a node may take along what was acknowledged in the last moment before.</p>
            <table><caption>Campaigns</caption>
            <thead><tr><th>Campaign</th><th class="n">Faults</th><th class="n">Violations</th>
            <th class="n">Rows missing,<br>planned</th><th class="n">Rows missing,<br>unplanned</th><th class="n">Rows missing,<br>node lost</th>
            <th class="n">Worst<br>outage</th><th class="n">Worst<br>recovery</th></tr></thead>
            <tbody>{campaigns.Select(Row)}</tbody></table>
            </section>
            """
        );

    private static Markup Verdict(string agent, IReadOnlyList<NumberedCampaign> campaigns)
    {
        var figures = CampaignFigures.Of([.. campaigns.SelectMany(campaign => campaign.Report.Faults)]);
        var faults = Words.Count(figures.Faults, "fault", "faults");
        if (figures.Faults == 0)
        {
            return Markup.Of($"""<p class="verdict broken">{Words.Agent(agent)}: nothing was tried</p>""");
        }

        return figures.Broken == 0
            ? Markup.Of($"""<p class="verdict">✔ {Words.Agent(agent)}: every invariant held, after {faults}</p>""")
            : Markup.Of(
                $"""<p class="verdict broken">✘ {Words.Agent(agent)}: {figures.Broken} of {faults} broke an invariant{(figures.Unrecovered > 0 ? FormattableString.Invariant($", {figures.Unrecovered} needed a person") : "")}</p>"""
            );
    }

    private static Markup Row(NumberedCampaign campaign)
    {
        var (setup, figures) = (campaign.Report.Setup, CampaignFigures.Of(campaign.Report.Faults));
        return Markup.Of(
            $"""
            <tr{(figures.Broken > 0 ? new Markup(" class=\"broken\"") : Markup.None)}><th><a href="#{campaign.Anchor}">{Words.Campaign(
                setup
            )}</a></th>
            <td class="n">{figures.Faults}</td>{Cells.Number(figures.Violations)}
            {Cells.Number(figures.Missing[FaultClass.Planned])}{Cells.Number(figures.Missing[FaultClass.Unplanned])}
            <td class="n">{figures.Missing[FaultClass.NodeLoss]}</td>
            {Cells.Duration(figures.WorstOutage)}<td class="n{(figures.Unrecovered > 0 ? " bad" : "")}">{WorstRecovery(figures)}</td></tr>
            """
        );
    }

    private static string WorstRecovery(CampaignFigures figures) =>
        figures.Unrecovered > 0 ? FormattableString.Invariant($"never ({figures.Unrecovered}×)")
        : figures.WorstRecovery is { } worst ? Words.Seconds(worst)
        : "–";
}
