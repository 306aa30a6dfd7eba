namespace OvndbOcf.Campaign.Report.Figures;

/// <summary>A campaign with its place in the report, which the links to its faults are made of.</summary>
/// <param name="Place">Its place, from 1.</param>
/// <param name="Report">The campaign.</param>
internal sealed record NumberedCampaign(int Place, CampaignReport Report)
{
    /// <summary>What a link to the campaign leads to.</summary>
    public string Anchor => FormattableString.Invariant($"c{Place}");

    /// <summary>What a link to its fault at this index leads to. An index, as nothing keeps two faults from having one number.</summary>
    public string FaultAnchor(int index) => FormattableString.Invariant($"c{Place}-f{index + 1}");

    /// <summary>The campaigns in their order.</summary>
    public static IReadOnlyList<NumberedCampaign> Of(IReadOnlyList<CampaignReport> reports) =>
        [.. reports.Select((report, index) => new NumberedCampaign(index + 1, report))];
}
