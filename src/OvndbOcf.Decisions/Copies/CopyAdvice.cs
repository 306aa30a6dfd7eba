using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Copies;

/// <summary>What the node of the latest promotion is doing: what a copy lacks, it has.</summary>
public enum LatestSource
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>It is not online, or its instance does not run.</summary>
    Absent,

    /// <summary>Its instance runs, and is not promoted.</summary>
    Running,

    /// <summary>Its instance runs, and its copy lacks the promotion: the file was put back, or the data was restored and not marked before the server ended.</summary>
    Replaced,

    /// <summary>It is promoted.</summary>
    Promoted,
}

/// <summary>Says in words why a copy may not be promoted, and what to do.</summary>
public static class CopyAdvice
{
    /// <summary>The words; empty where there is nothing to say.</summary>
    /// <param name="state">How the copies compare.</param>
    /// <param name="candidacy">What was compared.</param>
    public static string For(CopyState state, Candidacy candidacy)
    {
        var (copies, cluster, node) = candidacy;
        return state switch
        {
            CopyState.Unknown when !cluster.IsReadable => "the cluster's configuration cannot be read; check pacemaker-based",
            CopyState.Unknown when cluster.IsRecordUnknown && copies is { Northbound.IsReadable: true, Southbound.IsReadable: true } =>
                "a promotion is on record, of this resource or another one, in a form that this version of the agent does not know (cluster property ovndb-promotion-RESOURCE); upgrade the agent here",
            CopyState.Unknown => $"{Which(copies, cluster, node, state)} cannot be read; see the log of the server",
            CopyState.Empty => $"no data is in {Which(copies, cluster, node, state)}; {Remedy(candidacy)}",
            CopyState.Unmarked => $"data of unknown age is in {Which(copies, cluster, node, state)}; {Remedy(candidacy)}",
            CopyState.Foreign =>
                $"promotion {Held(copies, cluster, node, state)} of another history is in {Which(copies, cluster, node, state)}; {Remedy(candidacy)}",
            CopyState.Outdated =>
                $"data is missing in {Which(copies, cluster, node, state)}: {Why(copies, cluster, node)}; {Remedy(candidacy)}",
            CopyState.SchemaTooOld => $"{Schemas(copies, cluster)}; upgrade OVN here",
            _ => string.Empty,
        };
    }

    /// <summary>What is said of a copy that could be promoted if its node were able to take a promotion.</summary>
    /// <param name="state">How the copies compare.</param>
    /// <param name="hindrance">Why it is not.</param>
    public static string Unable(CopyState state, string hindrance) =>
        $"{hindrance}: another node is promoted first if its copy is not behind"
        + (state == CopyState.LastActive ? "; rows that were not sent to the others stay in the files here" : string.Empty);

    private static string Why(CopyPair copies, ClusterKnowledge cluster, string node)
    {
        if (LeftBehind(copies, cluster) is { } left)
        {
            return $"the copy was stopped while {left.Node} was active";
        }

        if (IsRolledBack(copies, cluster, node))
        {
            return $"the copy is older than the end of promotion {cluster.Record!.Marker.Number}, which was on this node: its file was put back, or the disk lost writes";
        }

        var held = Held(copies, cluster, node, CopyState.Outdated);
        var latest = cluster.Record!.Marker;
        return held == latest.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? FormerName(copies, node) is { } former
                ? $"the copy was cut off while {latest.Node} was active, when this node was called {former}"
                : $"the copy was cut off while {latest.Node} was active"
            : $"the copy holds promotion {held}, the latest is {latest.Number} on {latest.Node}";
    }

    private static string? FormerName(CopyPair copies, string node) =>
        (copies.Northbound.Holder ?? copies.Southbound.Holder) is { } holder && holder != node ? holder : null;

    // To accept a loss is offered only where the data is not to be had.
    private static string Remedy(Candidacy candidacy)
    {
        var latest = candidacy.Cluster.Record!.Marker.Node;
        var node = LeftBehind(candidacy.Copies, candidacy.Cluster)?.Node ?? latest;
        if (IsRolledBack(candidacy.Copies, candidacy.Cluster, candidacy.Node))
        {
            return $"start the nodes that followed {node}, or accept the loss: {candidacy.OverrideCommand}";
        }

        return (node == latest ? candidacy.Source : LatestSource.Unknown) switch
        {
            LatestSource.Promoted => $"{node} is active and sends the data; if this lasts, check the network to {node}",
            LatestSource.Running => $"{node} runs and has the data: crm_mon tells what keeps {node} from being promoted",
            LatestSource.Replaced =>
                $"{node} runs, and its copy is another one than it had then: put back the file that it had, or accept the loss: {candidacy.OverrideCommand}",
            LatestSource.Absent => $"start {node}, or accept the loss: {candidacy.OverrideCommand}",
            _ => $"check {node}, and start {node} if stopped",
        };
    }

    private static bool IsRolledBack(CopyPair copies, ClusterKnowledge cluster, string node) =>
        cluster.Record is { Marker: { Closed: true } latest }
        && Databases
            .Select(entry => copies.Of(entry.Database))
            .Any(copy => (copy.Holder ?? node) == latest.Node && copy.Marker is { } marker && marker.IsOf(latest.Id) && marker != latest);

    /// <summary>The later promotion that went on without a copy; null if none did, or another one is on record since.</summary>
    private static PromotionMarker? LeftBehind(CopyPair copies, ClusterKnowledge cluster) =>
        Databases
            .Select(entry => copies.Of(entry.Database))
            .Where(copy => copy.IsLeftBehind && copy.Marker!.Number >= cluster.Record!.Marker.Number)
            .Select(copy => copy.Marker)
            .MaxBy(marker => marker!.Number);

    private static string Schemas(CopyPair copies, ClusterKnowledge cluster)
    {
        var record = cluster.Record!;
        List<string> texts = [];
        foreach (var (label, database) in Databases)
        {
            if (CopyEvaluator.IsSchemaTooOld(copies.Of(database), database, record))
            {
                texts.Add($"{label} has schema {copies.Of(database).Schema}, the active server {record.Schema(database)}");
            }
        }

        return string.Join(", ", texts);
    }

    private static string Which(CopyPair copies, ClusterKnowledge cluster, string node, CopyState state) =>
        string.Join(
            " and ",
            Databases
                .Where(entry => CopyEvaluator.Evaluate(copies.Of(entry.Database), entry.Database, cluster, node) == state)
                .Select(entry => entry.Label)
        );

    private static string Held(CopyPair copies, ClusterKnowledge cluster, string node, CopyState state) =>
        string.Join(
            '/',
            Databases
                .Where(entry => CopyEvaluator.Evaluate(copies.Of(entry.Database), entry.Database, cluster, node) == state)
                .Select(entry => copies.Of(entry.Database).Marker?.Number ?? 0)
                .Distinct()
        );

    private static readonly (string Label, OvnDatabase Database)[] Databases =
    [
        ("NB", OvnDatabase.Northbound),
        ("SB", OvnDatabase.Southbound),
    ];
}
