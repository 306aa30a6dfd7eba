namespace OvndbOcf.Campaign.Report.Figures;

/// <summary>Two campaigns with the same faults, one of each agent, or a campaign that has no partner.</summary>
/// <param name="Ours">This project's agent, or one without a partner.</param>
/// <param name="Shell">The shell agent.</param>
internal sealed record CampaignPair(NumberedCampaign? Ours, NumberedCampaign? Shell)
{
    /// <summary>What both ran on.</summary>
    public CampaignSetup Setup => (Ours ?? Shell)!.Report.Setup;

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<NumberedCampaign> Campaigns => [.. new[] { Ours, Shell }.OfType<NumberedCampaign>()];

    /// <summary>Pairs campaigns of the same release, number of nodes and seed; the first of one agent goes with the first of the other.</summary>
    public static IReadOnlyList<CampaignPair> Of(IReadOnlyList<NumberedCampaign> campaigns) =>
        [
            .. campaigns
                .GroupBy(campaign => (campaign.Report.Setup.Release, campaign.Report.Setup.Nodes, campaign.Report.Setup.Seed))
                .SelectMany(same =>
                {
                    var shell = same.Where(campaign => campaign.Report.Setup.Agent == "shell").ToList();
                    var ours = same.Except(shell).ToList();
                    return Enumerable
                        .Range(0, Math.Max(ours.Count, shell.Count))
                        .Select(place => new CampaignPair(ours.ElementAtOrDefault(place), shell.ElementAtOrDefault(place)));
                }),
        ];
}
