using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Finds out what this node's copies are worth to the cluster.</summary>
internal sealed class Assessor(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    PromotionHistory history,
    CopyAttributes attributes,
    ResourceMemory memory
)
{
    /// <summary>Reads and compares; the servers have to answer.</summary>
    /// <param name="cutOff">For how long this backup has been without a connection that it should have.</param>
    /// <param name="published">What all instances publish, which is being asked for; null where the reason is for nobody to read.</param>
    public async Task<Assessment> AssessAsync(TimeSpan cutOff, Task<IReadOnlyDictionary<string, string>?>? published)
    {
        var reading = history.ReadAsync();
        var copies = servers.ReadCopies(scope.Deadline);
        var cluster = await reading.ConfigureAwait(false);
        var all = published is null ? null : await published.ConfigureAwait(false);
        var candidacy = new Candidacy(copies, cluster, scope.Me.AttributeHost)
        {
            CutOff = cutOff,
            GaveWay = attributes.GaveWay(cluster.Record),
            Acceptance = parameters.OutdatedPolicy == OutdatedPolicy.Allow ? LossAcceptance.ByPolicy : LossAcceptance.None,
            Hindrance = HindranceOf(cluster.Record),
            PortConflict = PortConflictOf(),
            Source = PublishedCopies.SourceOf(all, cluster.Record?.Marker),
            OverrideCommand = attributes.OverrideCommand(cluster),
        };
        var verdict = PromotionVerdict.For(candidacy);
        if (
            verdict.Promotability == Promotability.Forbidden
            && candidacy.PortConflict is null
            && cluster.Record is { } record
            && await attributes.IsOverriddenAsync(record).ConfigureAwait(false)
        )
        {
            scope.Log.Warning($"an operator allowed this copy to be promoted: {verdict.Reason}");
            candidacy = candidacy with { Acceptance = LossAcceptance.ByOperator };
            verdict = PromotionVerdict.For(candidacy);
        }

        return new Assessment(candidacy, verdict, all);
    }

    private string? HindranceOf(PromotionRecord? record)
    {
        var disk = DatabaseDisks.Of(parameters);
        return disk.IsFull ? disk.Trouble
            : memory.FailedPromotions.AreRepeated(record?.Marker.Id) ? "promotions failed here repeatedly"
            : null;
    }

    private string? PortConflictOf() =>
        servers.All.Select(server => server.Listeners.FindPortConflict()).OfType<string>().ToList() is [_, ..] conflicts
            ? string.Join("; ", conflicts)
            : null;
}
