namespace OvndbOcf.Campaign.Report;

/// <summary>What a campaign ran on, and from which number its faults were drawn.</summary>
/// <param name="Agent">The resource agent: <c>ours</c> or <c>shell</c>.</param>
/// <param name="Release">The nodes' Debian release, such as <c>bookworm</c>.</param>
/// <param name="Nodes">How many nodes the cluster had.</param>
/// <param name="Seed">The same seed, release and number of nodes give the same faults.</param>
/// <param name="Versions">The programs on the nodes.</param>
/// <param name="Machine">What the nodes ran on.</param>
public sealed record CampaignSetup(string Agent, string Release, int Nodes, int Seed, string Versions, string Machine);

/// <summary>A campaign: faults, one after the other, on one cluster.</summary>
/// <param name="Setup">What it ran on.</param>
/// <param name="Begin">When it began.</param>
/// <param name="Faults">Its faults, in their order.</param>
public sealed record CampaignReport(CampaignSetup Setup, DateTimeOffset Begin, IReadOnlyList<FaultRecord> Faults);
