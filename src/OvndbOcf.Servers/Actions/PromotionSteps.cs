using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Carries out a promotion: the data first, then the cluster's record, and beside that all that the next monitor could do as well.</summary>
internal sealed class PromotionSteps(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    INorthd northd,
    PromotionHistory history,
    PromotionScore score,
    CopyAttributes attributes,
    ExpectedBackups backups,
    ResourceMemory memory
)
{
    /// <summary>Done once both servers are active, and data and record tell of the promotion.</summary>
    /// <param name="assessment">What the copies are worth: they may be promoted.</param>
    /// <param name="others">The other nodes that said something of their copies.</param>
    /// <param name="isActive">Whether both servers are active already.</param>
    public async Task<Outcome> CarryOutAsync(Assessment assessment, IEnumerable<string> others, bool isActive)
    {
        var latest = assessment.Cluster.Latest;
        var marker = NextPromotion.For(
            assessment.Copies,
            latest,
            scope.Me.AttributeHost,
            scope.Clock.GetUtcNow(),
            Guid.NewGuid(),
            isActive,
            history.Recorded
        );
        var isNew = latest?.Marker.Id != marker.Id;
        var record = !isNew
            ? latest!
            : new PromotionRecord(marker)
            {
                Previous = latest?.Marker.Id,
                Complete = NextPromotion.IsComplete(assessment.Copies, assessment.Cluster.Record, scope.Me.AttributeHost, BootId.Current),
                Boot = BootId.Current,
                Address = scope.Topology.OwnAddress,
                Northbound = assessment.Copies.Northbound.Schema,
                Southbound = assessment.Copies.Southbound.Schema,
            };

        scope.Log.Info(
            $"{PromotionStory.Of(marker)}: {(isNew ? "begins" : "goes on")} on {marker.Node}{After(latest, isNew)}; the copy here is {assessment.Verdict.Copy}"
        );

        // The data first: a promotion that ends here was seen by nobody, and any other copy may still be promoted.
        var promoted = await servers.EachAsync(server => ActivateServerAsync(server, marker)).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            memory.FailedPromotions.Add(assessment.Cluster.Record?.Marker.Id);
            return promoted;
        }

        memory.FailedPromotions.Forget();
        var writing = history.WriteAsync(record);
        var scoring = score.SetAsync(PromotionScores.Active);
        var overridden = assessment.Verdict.Promotability == Promotability.Overridden ? attributes.EndOverrideAsync() : Task.CompletedTask;

        // What an earlier one did is not held against the one that starts now.
        memory.NorthdIdleness.Note(isIdle: false);
        var starting = northd.StartAsync(scope.Deadline);
        if (isNew)
        {
            backups.ExpectAtPromotion(record, others);
        }
        else
        {
            backups.ExpectEverybody();
        }

        await Task.WhenAll(scoring, overridden).ConfigureAwait(false);
        var written = await writing.ConfigureAwait(false);
        if ((await starting.ConfigureAwait(false)).Problem is { } problem)
        {
            // It would not start on another node either, and the databases serve without it. The next monitor tries again.
            scope.Log.Warning($"promoted without ovn-northd: {problem}");
        }

        if (!written.IsDone)
        {
            return written;
        }

        foreach (var server in servers.All)
        {
            // Whatever was written here before is the cluster's now.
            new UnsavedNote(DatabaseFile.Find(parameters, server.Database)).Delete();
        }

        scope.Log.Info($"{PromotionStory.Of(marker)}: NB and SB databases on {marker.Node} are active, {Describe(assessment, record)}");
        return written;
    }

    private async Task<Outcome> ActivateServerAsync(IDatabaseServer server, PromotionMarker marker)
    {
        new PromotionNote(DatabaseFile.Find(parameters, server.Database)).Open(marker);
        var promoted = await server.PromoteAsync(scope.Deadline).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            return promoted;
        }

        var marked = await Task.Run(() => server.Copy.WriteMarker(marker, scope.Deadline)).ConfigureAwait(false);
        if (!marked.IsDone)
        {
            return marked;
        }

        // Before backups come: a listener that is changed loses those that have.
        var ensured = await Task.Run(() => server.Connections.Ensure(server.Listeners.OfAgent(), scope.Deadline)).ConfigureAwait(false);
        return server.Listeners.AlignActive(server.Connections, ensured, scope.Deadline);
    }

    private static string After(PromotionRecord? latest, bool isNew) =>
        isNew && latest is { Marker: var before } ? $" after {PromotionStory.Of(before)} on {before.Node}" : string.Empty;

    private static string Describe(Assessment assessment, PromotionRecord record) =>
        assessment.Verdict.Copy switch
        {
            CopyState.Current or CopyState.Complete when record.Complete =>
                "with everything that was acknowledged before: the copy holds the closing marker",
            CopyState.LastActive => "with their own data",
            CopyState.Current or CopyState.Complete =>
                "with all that had been replicated; what the former active servers had not sent yet is in their files",
            CopyState.New => "and new",
            CopyState.Unverified => "with the data that was here",
            _ => "though data is missing: this was allowed",
        };
}
