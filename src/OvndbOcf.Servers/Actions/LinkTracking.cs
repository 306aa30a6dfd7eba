using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Follows which backups are connected to the promoted instance, and keeps in the record which have been cut off.</summary>
internal sealed class LinkTracking(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    IClusterNodes nodes,
    IPromotionScores scores,
    PromotionHistory history,
    CopyAttributes attributes,
    ResourceMemory memory
)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Notes in the record who is cut off and who has caught up, and takes the score of those who are cut off: they may be dead, or know nothing of
    /// it. Where it is not known what the others publish, nothing changes.
    /// </summary>
    public async Task<IReadOnlyList<WatchedConnection>?> TrackAsync(PromotionRecord record, IReadOnlyDictionary<string, string>? all)
    {
        await attributes
            .PublishAsync(
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
            scope.Log.Warning("pacemaker-attrd does not answer: the record of up-to-date backups stays as it is; check pacemaker-attrd");
            return null;
        }

        var published = PublishedCopies.LinksOf(all, scope.Me.AttributeHost);
        var northbound = TcpConnections.To(parameters.Northbound.Port);
        var southbound = TcpConnections.To(parameters.Southbound.Port);
        if ((memory.Links.Read(record.Marker.Id) ?? await ForgottenAsync().ConfigureAwait(false)) is not { } remembered)
        {
            return null;
        }

        var findings = LinkTracker.Update(
            remembered,
            published,
            ExpectedBackups.RemoteEnds(northbound, southbound),
            record.Outdated,
            record.Marker.Id,
            record.Address is not null
        );
        if (!findings.Outdated.SequenceEqual(record.Outdated) && !await NoteAsync(record, findings.Outdated, IsKnown).ConfigureAwait(false))
        {
            // What is not on record has not been found: the next monitor finds it again.
            return null;
        }

        memory.Links.Write(record.Marker.Id, findings.Memory);

        // The same findings from what they led to: only other connections or other publications can change them.
        var isSettled =
            findings.Outdated.SequenceEqual(record.Outdated)
            && findings.Memory.Count == remembered.Count
            && findings.Memory.All(entry => remembered.GetValueOrDefault(entry.Key) == entry.Value);
        var ends = remembered.Values.Select(link => link.Ends).Concat(published.Values.Select(link => link.Ends)).OfType<LinkEnds>();
        return isSettled ? WatchedConnections.OfActive(parameters, record.Address, ends, northbound, southbound) : null;

        bool IsKnown(string node) => all.ContainsKey(node) || remembered.GetValueOrDefault(node)?.Ends is not null;
    }

    /// <summary>
    /// What to begin with where the notes of this promotion are gone: every node of the cluster is expected, so that one which is not there is missed, whatever an older record says of it. Null if the nodes
    /// are not known.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, LinkMemory>?> ForgottenAsync()
    {
        var names = await nodes.NodeNamesAsync(scope.ToolTimeout).ConfigureAwait(false);
        if (names is null)
        {
            scope.Log.Warning("the cluster's nodes cannot be listed: the record of up-to-date backups stays as it is; check the cluster");
            return null;
        }

        return LinkTracker.Initial(names.Where(node => node != scope.Me.AttributeHost));
    }

    private async Task<bool> NoteAsync(PromotionRecord record, IReadOnlyList<string> outdated, Func<string, bool> isKnown)
    {
        if (await nodes.HasQuorumAsync(scope.ToolTimeout).ConfigureAwait(false) != true)
        {
            scope.Log.Warning("no quorum is known here: the record of up-to-date backups stays as it is; check the cluster's quorum");
            return false;
        }

        // A server that died a moment ago has lost all its connections: that says nothing of the backups, which may be what is left.
        if (
            outdated.Except(record.Outdated).Any()
            && servers.Observe(scope.Deadline.Within(AnswerTimeout))
                is not { Northbound.State: ServerState.Active, Southbound.State: ServerState.Active }
        )
        {
            scope.Log.Warning(
                "backups lost their connections, and a server here is no longer active: the record of up-to-date backups stays as it is"
            );
            return false;
        }

        var written = await history.WriteAsync(record with { Outdated = outdated }).ConfigureAwait(false);
        if (!written.IsDone)
        {
            scope.Log.Warning(written.Problem!);
            return false;
        }

        await TellAsync(record.Marker, [.. outdated.Except(record.Outdated)], isKnown).ConfigureAwait(false);

        foreach (var node in record.Outdated.Except(outdated))
        {
            scope.Log.Info($"{PromotionStory.Of(record.Marker)}: the copy on {node} has caught up");
        }

        return true;
    }

    /// <summary>
    /// Tells of backups that are cut off, and takes their scores. Where the notes of a promotion are gone that is every node of the cluster that is not connected, and there may be hundreds that never had an instance:
    /// they come last, in one line, and their scores, which they hardly have, are taken as long as there is time.
    /// </summary>
    private async Task TellAsync(PromotionMarker promotion, IReadOnlyList<string> cutOff, Func<string, bool> isKnown)
    {
        foreach (var node in cutOff.Where(isKnown))
        {
            scope.Log.Warning(
                $"{PromotionStory.Of(promotion)}: the backup on {node} lost its connection, and its copy may not be promoted until the copy has caught up; check {node} and its network"
            );
        }

        List<string> silent = [.. cutOff.Where(node => !isKnown(node))];
        if (silent.Count > 0)
        {
            scope.Log.Warning(
                $"{PromotionStory.Of(promotion)}: no backup is connected from {string.Join(", ", silent)}, and a copy there may not be promoted until it has caught up"
            );
        }

        var enough = scope.Deadline.Share(0.5);
        foreach (var node in cutOff.OrderByDescending(isKnown).TakeWhile(node => isKnown(node) || !enough.HasPassed))
        {
            await scores.DeletePromotionScoreAsync(scope.Resource, node, scope.ToolTimeout).ConfigureAwait(false);
        }
    }
}
