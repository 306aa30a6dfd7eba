using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Freshness;
using OvndbOcf.Servers.Steady;

namespace OvndbOcf.Servers.Actions;

/// <summary>What the promoted instance does for the cluster's record: keep it there, and note in it which backups have been cut off.</summary>
internal static class ActiveDuties
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <summary>At a thorough monitor, and when a backup has started or stopped.</summary>
    /// <returns>The connections on which the outcome depends; null if the same may not be left to do the next time.</returns>
    public static async Task<IReadOnlyList<WatchedConnection>?> PerformAsync(AgentContext context)
    {
        var cluster = await context.History.ReadAsync().ConfigureAwait(false);
        if (!cluster.IsReadable)
        {
            context.Log.Warning("the cluster's configuration cannot be read, so nobody notes which backups are up to date");
            return null;
        }

        await context.EnsureScoreAsync(PromotionScores.Active).ConfigureAwait(false);
        IReadOnlyList<WatchedConnection>? watched = [];

        if (cluster.Latest is { } latest && latest.Marker.Node == context.Me.AttributeHost && !latest.Marker.Closed)
        {
            watched = await TrackLinksAsync(context, latest).ConfigureAwait(false);
        }

        await RestoreAsync(context, cluster).ConfigureAwait(false);
        foreach (var server in context.Servers)
        {
            var patient = new ClientConnections(context.Parameters, server.Database, context.Log).EnsurePatience(Deadline.After(LongestAnswer).Earlier(context.Deadline));
            if (!patient.IsDone)
            {
                context.Log.Warning(patient.Problem!);
            }
        }

        return watched;
    }

    /// <summary>At a promotion: each other instance that was there before it is expected to follow from now on.</summary>
    public static void Begin(AgentContext context, PromotionRecord record, IEnumerable<string> others) =>
        MemoryFile(context).Write(record.Marker.Id, LinkTracker.Begin(others));

    /// <summary>
    /// Notes in the record who is cut off and who has caught up, and takes the score of those who are cut off: they may be dead, or know nothing of
    /// it.
    /// </summary>
    private static async Task<IReadOnlyList<WatchedConnection>?> TrackLinksAsync(AgentContext context, PromotionRecord record)
    {
        var memoryFile = MemoryFile(context);
        var all = await context.Notice.ReadAsync().ConfigureAwait(false);
        await context.Notice.PublishAsync(
            new PublishedCopy("Promoted", new PublishedLink(record.Marker.Id, null), record.Marker.Number, string.Empty), all).ConfigureAwait(false);
        var published = context.Notice.LinksOf(all);
        var northbound = TcpConnections.To(context.Parameters.Northbound.Port);
        var southbound = TcpConnections.To(context.Parameters.Southbound.Port);
        var established = northbound.Keys.Concat(southbound.Keys).Select(end => end.ToString()).ToHashSet(StringComparer.Ordinal);

        var memory = memoryFile.Read(record.Marker.Id);
        var findings = LinkTracker.Update(memory, published, established, record.Outdated, record.Marker.Id, record.Address is not null);
        if (!findings.Outdated.SequenceEqual(record.Outdated) && !await NoteAsync(context, record, findings.Outdated).ConfigureAwait(false))
        {
            // What is not on record has not been found: the next monitor finds it again.
            return null;
        }

        memoryFile.Write(record.Marker.Id, findings.Memory);

        // The same findings from what they led to: only other connections or other publications can change them.
        var isSettled = findings.Outdated.SequenceEqual(record.Outdated) && findings.Memory.Count == memory.Count
            && findings.Memory.All(entry => memory.GetValueOrDefault(entry.Key) == entry.Value);
        var ends = memory.Values.Select(link => link.Ends).Concat(published.Values.Select(link => link.Ends)).OfType<LinkEnds>();
        return isSettled ? SteadyConnections.OfActive(context.Parameters, record.Address, ends, northbound, southbound) : null;
    }

    private static LinkMemoryFile MemoryFile(AgentContext context) => new(context.StateDirectory, context.Environment.ResourceName);

    private static async Task<bool> NoteAsync(AgentContext context, PromotionRecord record, IReadOnlyList<string> outdated)
    {
        if (!await context.Cluster.HasQuorumAsync(context.ToolTimeout).ConfigureAwait(false))
        {
            context.Log.Warning("this partition has no quorum: it does not judge the copies of others");
            return false;
        }

        var written = await context.History.WriteAsync(record with { Outdated = outdated }).ConfigureAwait(false);
        if (!written.IsDone)
        {
            context.Log.Warning(written.Problem!);
            return false;
        }

        foreach (var node in outdated.Except(record.Outdated))
        {
            context.Log.Warning($"the copy on {node} is cut off: it may not be promoted until it has caught up");
            await context.Cluster.DeletePromotionScoreAsync(context.Environment.ResourceName, node, context.ToolTimeout).ConfigureAwait(false);
        }

        foreach (var node in record.Outdated.Except(outdated))
        {
            context.Log.Info($"the copy on {node} has caught up");
        }

        return true;
    }

    /// <summary>
    /// Writes the record again where the cluster has an older one, such as after a partition without quorum came back with its own idea of it.
    /// </summary>
    private static async Task RestoreAsync(AgentContext context, ClusterKnowledge cluster)
    {
        var copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline, withSchema: false);
        if (copies.Northbound.Marker is not { Closed: false } marker || marker != copies.Southbound.Marker || marker.Node != context.Me.AttributeHost
            || (cluster.Record is { } record && record.Marker.Number >= marker.Number))
        {
            return;
        }

        context.Log.Warning($"the cluster's record of promotions is behind; writing promotion {marker.Number} again");
        var latest = cluster.Latest?.Marker.Id == marker.Id ? cluster.Latest : null;
        copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline);
        var written = await context.History.WriteAsync(latest ?? new PromotionRecord(marker)
        {
            Address = NodeAddress.ForReplication(context.Parameters),
            Boot = BootId.Current,
            Northbound = copies.Northbound.Schema,
            Southbound = copies.Southbound.Schema,
        }).ConfigureAwait(false);
        if (!written.IsDone)
        {
            context.Log.Warning(written.Problem!);
        }
    }
}
