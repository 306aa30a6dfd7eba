using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Points a backup at the active server. That resets its copy, so the copy is looked at first, while the server follows nobody, and its file is set
/// aside where it may hold rows of its own. The only place from which a backup is pointed at anybody.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="topology">Tells where the active server is.</param>
/// <param name="node">This node, by the name that promotions record.</param>
/// <param name="log">Where messages go.</param>
internal sealed class ReplicationTarget(AgentParameters parameters, ClusterTopology topology, string node, OcfLog log)
{
    /// <summary>Makes the server follow the active one of that promotion; done also where it must not, and stays a backup of nobody.</summary>
    /// <param name="server">The server: a backup.</param>
    /// <param name="seen">What it was last seen as.</param>
    /// <param name="record">The promotion to follow; null where it is not known to be this agent's.</param>
    /// <param name="wasWritable">Whether the server was active though nobody had promoted it.</param>
    /// <param name="deadline">When it has to be done.</param>
    public async Task<Outcome> FollowAsync(
        IDatabaseServer server,
        ServerObservation seen,
        PromotionRecord? record,
        bool wasWritable,
        Deadline deadline
    )
    {
        if (record?.Marker.Node == node)
        {
            // Nobody was promoted since this node was: the promotion that was announced has failed. It must not follow itself.
            return Outcome.Done;
        }

        if (topology.Follow(record)?.Address is not { } source)
        {
            return Outcome.Failed("master_ip is not usable, so this backup cannot follow the active servers; correct master_ip");
        }

        // One that is closed is not that of the active server.
        var followed = record is { Marker: { Closed: false } open } ? open : null;
        var path = DatabaseFile.Find(parameters, server.Database);
        if (DatabaseFileCheck.IsClustered(path))
        {
            // The reset would go through RAFT to all members.
            return Outcome.Failed(ClusteredFiles.Refusal(server.Database, path));
        }

        if (!DatabaseDisks.HaveRoomToFollow(path))
        {
            var alone = await LeaveAsync(server, seen, deadline).ConfigureAwait(false);
            return alone.IsDone
                ? Outcome.Failed($"{server.Database.Label}: the disk with {path} is full, so this backup follows nobody; make room")
                : alone;
        }

        var copy = server.Copy.Read(deadline);
        var unsaved = new UnsavedNote(path);
        var note = new PromotionNote(path);
        var noted = note.Read();
        var decision = ResyncSafety.Decide(copy, server.Database.Kind, record, node, wasWritable || unsaved.Exists, noted);

        // It may name that source already, and still mean a connection to the former active server, which ended without a word when the address
        // moved: it would follow nobody until its probe finds out, after a minute by default. From OVS 3.3 on only another source makes it let go of
        // a connection.
        if (decision != ResyncStep.Nothing || seen.Source == ClusterTopology.SourceOf(server.Database, source).ToString())
        {
            var left = await LeaveAsync(server, seen, deadline).ConfigureAwait(false);
            if (!left.IsDone)
            {
                return left;
            }
        }

        switch (decision)
        {
            case ResyncStep.StayAway when CanConvert(server, record!):
                var converted = await ConvertAsync(server, deadline).ConfigureAwait(false);
                if (!converted.IsDone)
                {
                    return converted;
                }

                // What was looked at is what it serves now.
                var anew = server.Observe(deadline);
                return anew.IsBackup && server.Copy.Read(deadline).Schema is { } schema && schema > copy.Schema
                    ? await FollowAsync(server, anew, record, wasWritable, deadline).ConfigureAwait(false)
                    : Outcome.Failed($"{server.Database.Label}: {path} was not converted to the schema of the active servers; see the log");

            case ResyncStep.StayAway:
                log.Error(
                    $"{server.Database.Label} has schema {copy.Schema}, the active server on {record!.Marker.Node} {record.Schema(server.Database.Kind)}: "
                        + "a backup cannot follow a newer schema, so this copy stays as it is; upgrade OVN here"
                );
                return Outcome.Done;

            case ResyncStep.SetAside:
                // Read again: now that it follows nobody, nothing changes it any more.
                var saved = new SetAside(parameters.SetAsideCount, log).Save(
                    server.Database,
                    path,
                    copy with
                    {
                        LastChange = DatabaseFile.LastChange(path),
                    },
                    node,
                    followed,
                    deadline
                );
                if (!saved.IsDone)
                {
                    return saved;
                }

                unsaved.Delete();
                break;
        }

        // Before the reset: should it not come to that, the note and the data disagree, and the file is set aside.
        note.Write(NotedPromotion.Following(noted, record, node));
        var pointed = await server.DemoteAsync(source, deadline).ConfigureAwait(false);
        if (pointed.IsDone)
        {
            log.Info($"{PromotionStory.Before(followed)}{server.Database.Label} is a backup of {source}");
        }

        return pointed;
    }

    /// <summary>Whether a copy that cannot follow the active servers of that promotion, because their schema is newer, can once its file is converted to that of this node's OVN.</summary>
    public static bool CanConvert(IDatabaseServer server, PromotionRecord record) =>
        record.Schema(server.Database.Kind) is { } active && SchemaChoice.CanFollowConverted(active, server.OwnSchema());

    private async Task<Outcome> ConvertAsync(IDatabaseServer server, Deadline deadline)
    {
        log.Info(
            $"{server.Database.Label}: the active servers have a newer schema, which the OVN here has, too; restarting the server with its file converted"
        );
        var stopped = await server.StopAsync(deadline).ConfigureAwait(false);
        return stopped.IsDone
            ? await server.StartBackupAsync(() => Task.FromResult(ActiveSchema.None), deadline).ConfigureAwait(false)
            : stopped;
    }

    private static Task<Outcome> LeaveAsync(IDatabaseServer server, ServerObservation seen, Deadline deadline) =>
        seen.IsBackup && seen.Source == ClusterTopology.SourceOf(server.Database, null).ToString()
            ? Task.FromResult(Outcome.Done)
            : server.DemoteAsync(null, deadline);
}
