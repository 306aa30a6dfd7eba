using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Caching;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>What the promoted instance does for the cluster's record: keep it and the markers as they should be, and note in it which backups have been cut off.</summary>
internal static class ActiveDuties
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>At a thorough monitor, and when a backup has started or stopped.</summary>
    /// <returns>The connections on which the outcome depends; null if the same may not be left to do the next time.</returns>
    public static async Task<IReadOnlyList<WatchedConnection>?> PerformAsync(AgentContext context)
    {
        var asking = context.CopyAttributes.ReadAsync();
        var cluster = await context.History.ReadAsync().ConfigureAwait(false);
        var published = await asking.ConfigureAwait(false);
        if (!cluster.IsReadable)
        {
            context.Log.Warning(
                "the cluster's configuration cannot be read: the record of up-to-date backups stays as it is; check pacemaker-based"
            );
            return null;
        }

        await context.EnsureScoreAsync(PromotionScores.Active).ConfigureAwait(false);
        var (record, isSettled) = await PromotionKeeper.KeepAsync(context, cluster, published).ConfigureAwait(false);
        IReadOnlyList<WatchedConnection>? watched = [];
        if (record is { Marker.Closed: false } && record.Marker.Node == context.Me.AttributeHost)
        {
            watched = await TrackLinksAsync(context, record, published).ConfigureAwait(false);
        }

        return isSettled ? watched : null;
    }

    /// <summary>At a promotion: each other instance that was there before it is expected to follow from now on.</summary>
    public static void ExpectBackups(AgentContext context, PromotionRecord record, IEnumerable<string> others) =>
        MemoryFile(context).Write(record.Marker.Id, LinkTracker.Begin(others));

    /// <summary>
    /// Where a promotion goes on that copies may hold which are not there now: its next monitor expects every node of the cluster, and misses those that are not connected.
    /// </summary>
    public static void ExpectEverybody(AgentContext context) => MemoryFile(context).Delete();

    /// <summary>The ends of all connections that the active servers have.</summary>
    public static IReadOnlySet<string> Established(AgentContext context) =>
        RemoteEnds(TcpConnections.To(context.Parameters.Northbound.Port), TcpConnections.To(context.Parameters.Southbound.Port));

    /// <summary>
    /// Notes in the record who is cut off and who has caught up, and takes the score of those who are cut off: they may be dead, or know nothing of
    /// it. Where it is not known what the others publish, nothing changes.
    /// </summary>
    private static async Task<IReadOnlyList<WatchedConnection>?> TrackLinksAsync(
        AgentContext context,
        PromotionRecord record,
        IReadOnlyDictionary<string, string>? all
    )
    {
        var memoryFile = MemoryFile(context);
        await context
            .CopyAttributes.PublishAsync(
                new PublishedCopy(
                    PublishedCopy.Promoted,
                    new PublishedLink(record.Marker.Id, null),
                    record.Marker.Number,
                    string.Empty,
                    record.Marker.Id
                ),
                all
            )
            .ConfigureAwait(false);
        if (all is null)
        {
            context.Log.Warning("pacemaker-attrd does not answer: the record of up-to-date backups stays as it is; check pacemaker-attrd");
            return null;
        }

        var published = PublishedCopies.LinksOf(all, context.Me.AttributeHost);
        var northbound = TcpConnections.To(context.Parameters.Northbound.Port);
        var southbound = TcpConnections.To(context.Parameters.Southbound.Port);
        if ((memoryFile.Read(record.Marker.Id) ?? await ForgottenAsync(context).ConfigureAwait(false)) is not { } memory)
        {
            return null;
        }

        var findings = LinkTracker.Update(
            memory,
            published,
            RemoteEnds(northbound, southbound),
            record.Outdated,
            record.Marker.Id,
            record.Address is not null
        );
        if (!findings.Outdated.SequenceEqual(record.Outdated) && !await NoteAsync(context, record, findings.Outdated).ConfigureAwait(false))
        {
            // What is not on record has not been found: the next monitor finds it again.
            return null;
        }

        memoryFile.Write(record.Marker.Id, findings.Memory);

        // The same findings from what they led to: only other connections or other publications can change them.
        var isSettled =
            findings.Outdated.SequenceEqual(record.Outdated)
            && findings.Memory.Count == memory.Count
            && findings.Memory.All(entry => memory.GetValueOrDefault(entry.Key) == entry.Value);
        var ends = memory.Values.Select(link => link.Ends).Concat(published.Values.Select(link => link.Ends)).OfType<LinkEnds>();
        return isSettled ? WatchedConnections.OfActive(context.Parameters, record.Address, ends, northbound, southbound) : null;
    }

    /// <summary>
    /// What to begin with where the notes of this promotion are gone: every node of the cluster is expected, so that one which is not there is missed, whatever an older record says of it. Null if the nodes
    /// are not known.
    /// </summary>
    private static async Task<IReadOnlyDictionary<string, LinkMemory>?> ForgottenAsync(AgentContext context)
    {
        var nodes = await context.Cluster.NodeNamesAsync(context.ToolTimeout).ConfigureAwait(false);
        if (nodes is null)
        {
            context.Log.Warning("the cluster's nodes cannot be listed: the record of up-to-date backups stays as it is; check the cluster");
            return null;
        }

        return LinkTracker.Begin(nodes.Where(node => node != context.Me.AttributeHost));
    }

    private static HashSet<string> RemoteEnds(
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> northbound,
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> southbound
    ) => northbound.Keys.Concat(southbound.Keys).Select(end => end.ToString()).ToHashSet(StringComparer.Ordinal);

    private static LinkMemoryFile MemoryFile(AgentContext context) => new(context.StateDirectory, context.Environment.ResourceName);

    private static async Task<bool> NoteAsync(AgentContext context, PromotionRecord record, IReadOnlyList<string> outdated)
    {
        if (await context.Cluster.HasQuorumAsync(context.ToolTimeout).ConfigureAwait(false) != true)
        {
            context.Log.Warning("no quorum is known here: the record of up-to-date backups stays as it is; check the cluster's quorum");
            return false;
        }

        // A server that died a moment ago has lost all its connections: that says nothing of the backups, which may be what is left.
        if (
            outdated.Except(record.Outdated).Any()
            && context.Observe(Deadline.After(AnswerTimeout).Earlier(context.Deadline))
                is not { Northbound.State: ServerState.Active, Southbound.State: ServerState.Active }
        )
        {
            context.Log.Warning(
                "backups lost their connections, and a server here is no longer active: the record of up-to-date backups stays as it is"
            );
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
            context.Log.Warning(
                $"the backup on {node} lost its connection: its copy may not be promoted until the copy has caught up; check {node} and its network"
            );
            await context
                .Cluster.DeletePromotionScoreAsync(context.Environment.ResourceName, node, context.ToolTimeout)
                .ConfigureAwait(false);
        }

        foreach (var node in record.Outdated.Except(outdated))
        {
            context.Log.Info($"the copy on {node} has caught up");
        }

        return true;
    }
}
