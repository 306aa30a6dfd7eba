using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>The cluster's record of promotions, in the CIB beside <c>OVN_REPL_INFO</c>.</summary>
/// <param name="scope">The action.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="configuration">Where it is.</param>
/// <param name="memory">Keeps the record that this instance wrote.</param>
internal sealed class PromotionHistory(
    ActionScope scope,
    AgentParameters parameters,
    IClusterConfiguration configuration,
    ResourceMemory memory
)
{
    private const string Prefix = "ovndb-promotion-";
    private const string PastPrefix = "ovndb-history-";

    // What the cluster has of earlier promotions; null where that is not known, and so is not written.
    private IReadOnlyList<PastPromotion>? _past;

    private string Property => Prefix + scope.Resource;

    private string PastProperty => PastPrefix + scope.Resource;

    private OwnPromotionFile Own => memory.OwnPromotion;

    private IEnumerable<PromotionNote> Notes =>
        parameters.Databases.Select(database => new PromotionNote(DatabaseFile.Find(parameters, database)));

    /// <summary>This instance's promotion score as the scheduler knew it when the history was last read; null if it had none or that is not known.</summary>
    public int? ScheduledScore { get; private set; }

    /// <summary>The record that this instance wrote last, while its promotion lasts; null if there is none.</summary>
    public PromotionRecord? Remembered => Own.Read();

    /// <summary>The number of the latest promotion of this node's copies that it remembers to have been on record; 0 if it remembers none.</summary>
    public long Recorded => Notes.Max(note => note.Read()?.Recorded ?? 0);

    /// <summary>
    /// What the cluster knows. Run by hand, as ocf-tester(8) does, without a cluster, there is nothing to know.
    /// </summary>
    public async Task<ClusterKnowledge> ReadAsync()
    {
        var read = await configuration
            .ReadConfigurationAsync(scope.Resource, scope.Me.AttributeHost, scope.ToolTimeout)
            .ConfigureAwait(false);
        ScheduledScore = read?.Score;
        _past = read is { Properties: var found } ? PastPromotion.Parse(found.GetValueOrDefault(PastProperty)) : null;
        return read is ({ } properties, _)
                ? ClusterKnowledge.From(
                    properties.GetValueOrDefault(Property),
                    properties.GetValueOrDefault(PacemakerTools.ReplicationInfo),
                    properties
                        .Where(property => property.Key != Property && property.Key.StartsWith(Prefix, StringComparison.Ordinal))
                        .Select(property => property.Value)
                )
            : scope.Environment.IsRunByPacemaker ? ClusterKnowledge.Unreadable
            : new ClusterKnowledge(true, null, null);
    }

    /// <summary>
    /// Writes the record, the node as the last active one for whatever reads <c>OVN_REPL_INFO</c>, and the promotion's entry among the past ones where that changes, all at once.
    /// </summary>
    public async Task<Outcome> WriteAsync(PromotionRecord record)
    {
        var properties = new Dictionary<string, string>
        {
            [PacemakerTools.ReplicationInfo] = record.Marker.Node,
            [Property] = record.ToString(),
        };
        var past = _past is null ? null : PastPromotion.With(_past, record);
        if (past is not null && !past.SequenceEqual(_past!))
        {
            properties[PastProperty] = PastPromotion.Format(past);
        }

        var result = await configuration.WritePropertiesAsync(properties, scope.ToolTimeout).ConfigureAwait(false);
        if (result.Succeeded || !scope.Environment.IsRunByPacemaker)
        {
            _past = past;
            Own.Write(record);
            foreach (var note in Notes)
            {
                note.Write(NotedPromotion.OnRecord(record.Marker));
            }

            return Outcome.Done;
        }

        scope.Log.Warning(result.ToString());
        return Outcome.Failed(
            $"the cluster did not store the record of promotion {record.Marker.Number} ({result.Essence}); check pacemaker-based"
        );
    }

    /// <summary>This instance is not promoted any more, and has nothing to restore.</summary>
    public void Forget() => Own.Delete();

    /// <summary>The schema that the active servers have, by the record of their promotion.</summary>
    public async Task<ActiveSchema> ActiveSchemaAsync(DatabaseParameters database)
    {
        var cluster = await ReadAsync().ConfigureAwait(false);
        return !cluster.IsReadable
            ? ActiveSchema.Unknown
            : new ActiveSchema(true, cluster.Record?.Schema(database.Kind))
            {
                Remote = scope.Topology.Follow(cluster.Record)?.Address is { } source
                    ? ClusterTopology.SourceOf(database, source).ToString()
                    : null,
            };
    }
}
