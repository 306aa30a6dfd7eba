namespace OvndbOcf.Campaign.Report;

/// <summary>What a fault takes away, which decides what may be lost with it.</summary>
public enum FaultClass
{
    /// <summary>An operator wants the cluster to do something else.</summary>
    Planned,

    /// <summary>Something breaks, and all nodes stay.</summary>
    Unplanned,

    /// <summary>A node is lost with all that only it had.</summary>
    NodeLoss,
}

/// <summary>What became of the rows that a client wrote into one database.</summary>
/// <param name="Database">The database's name.</param>
/// <param name="Acknowledged">How many rows were acknowledged.</param>
/// <param name="Missing">How many of them were not there afterwards.</param>
public sealed record RowLoss(string Database, int Acknowledged, int Missing);

/// <summary>One fault of a campaign, and what the cluster made of it.</summary>
/// <param name="Number">Its place in the campaign, from 1.</param>
/// <param name="Name">The kind of fault, such as <c>SIGKILL of the NB server</c>.</param>
/// <param name="Target">The node or nodes that it hit.</param>
/// <param name="Class">What it takes away.</param>
/// <param name="Outage">The longest time without acknowledged writes, in seconds.</param>
/// <param name="Recovery">The seconds until the cluster was whole again; null if it never was without a person.</param>
/// <param name="Violations">The invariants that did not hold, each as a sentence.</param>
/// <param name="Rows">The rows written meanwhile, for each database.</param>
/// <param name="Timeline">All that was seen.</param>
/// <param name="Logs">Where the logs of the nodes are; null if none were kept.</param>
public sealed record FaultRecord(
    int Number,
    string Name,
    string Target,
    FaultClass Class,
    double Outage,
    double? Recovery,
    IReadOnlyList<string> Violations,
    IReadOnlyList<RowLoss> Rows,
    Timeline Timeline,
    string? Logs
);
