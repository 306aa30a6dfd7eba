namespace OvndbOcf.Campaign.Faults;

/// <summary>Something that the cluster has to come to.</summary>
/// <param name="What">What it is, for people.</param>
/// <param name="Check">Fails while it is not so.</param>
internal sealed record Expectation(string What, Func<FaultSite, CancellationToken, Task> Check);
