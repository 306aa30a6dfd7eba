using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>A cluster in memory.</summary>
internal sealed class FakeCluster(Journal journal) : IPromotionScores, INodeAttributes, IClusterConfiguration, IClusterNodes
{
    private const string RecordName = "ovndb-promotion-ovndb";

    /// <summary>The promotion scores, by node.</summary>
    public Dictionary<string, int> Scores { get; init; } = [];

    /// <summary>The properties in OVN's set.</summary>
    public Dictionary<string, string> Properties { get; init; } = [];

    /// <summary>Node attributes: what nodes say, by name.</summary>
    public Dictionary<string, Dictionary<string, string>> Attributes { get; init; } = [];

    /// <summary>The promotion on record.</summary>
    public PromotionRecord? Record
    {
        get => PromotionRecord.Parse(Properties.GetValueOrDefault(RecordName));
        set
        {
            Properties[RecordName] = value!.ToString();
            Properties[PacemakerTools.ReplicationInfo] = value.Marker.Node;
        }
    }

    /// <summary>The same cluster, for another action.</summary>
    public FakeCluster For(Journal other) =>
        new(other)
        {
            Scores = Scores,
            Properties = Properties,
            Attributes = Attributes,
        };

    public Task<CommandResult> SetPromotionScoreAsync(string resource, string node, int score, TimeSpan timeout) =>
        Do($"score {score}", () => Scores[node] = score);

    public Task<CommandResult> DeletePromotionScoreAsync(string resource, string node, TimeSpan timeout) =>
        Do("score deleted", () => Scores.Remove(node));

    public Task<int?> ReadScheduledScoreAsync(string resource, string node, TimeSpan timeout) =>
        Task.FromResult(journal.Note("score is read") && Scores.TryGetValue(node, out var score) ? score : (int?)null);

    public Task<CommandResult> RewriteAttributesAsync(TimeSpan timeout) => Do("attributes are rewritten", () => { });

    public Task<CommandResult> SetAttributeAsync(string name, string node, string value, bool isPrivate, TimeSpan timeout) =>
        Do($"{name} says {value.Split(' ')[0]}", () => Of(name)[node] = value);

    public Task<CommandResult> ShowAttributeAsync(string name, string node, string value, TimeSpan timeout) =>
        Do($"{name} says {value.Split(' ')[0]}", () => Of(name)[node] = value);

    public Task<CommandResult> DeleteAttributeAsync(string name, string node, TimeSpan timeout) =>
        Do($"{name} is deleted", () => Of(name).Remove(node));

    public Task<IReadOnlyDictionary<string, string>?> ReadAttributeAsync(string name, TimeSpan timeout) =>
        Task.FromResult<IReadOnlyDictionary<string, string>?>(
            journal.Note($"{name} is read") ? new Dictionary<string, string>(Of(name)) : null
        );

    public Task<(IReadOnlyDictionary<string, string> Properties, int? Score)?> ReadConfigurationAsync(
        string resource,
        string node,
        TimeSpan timeout
    ) =>
        Task.FromResult<(IReadOnlyDictionary<string, string>, int?)?>(
            journal.Note("configuration is read")
                ? (new Dictionary<string, string>(Properties), Scores.TryGetValue(node, out var score) ? score : null)
                : null
        );

    public Task<CommandResult> WritePropertiesAsync(IReadOnlyDictionary<string, string> properties, TimeSpan timeout)
    {
        var marker = PromotionRecord.Parse(properties[RecordName])!.Marker;
        return Do(
            $"record {marker.Number} {(marker.Closed ? "closed" : "open")}",
            () =>
            {
                foreach (var (name, value) in properties)
                {
                    Properties[name] = value;
                }
            }
        );
    }

    public Task<string?> ReadMigrationThresholdAsync(string resource, TimeSpan timeout)
    {
        journal.Note("threshold is read");
        return Task.FromResult<string?>(null);
    }

    public Task<IReadOnlyList<ClusterDeployment>?> ReadDeploymentsAsync(string node, TimeSpan timeout) =>
        Task.FromResult<IReadOnlyList<ClusterDeployment>?>(journal.Note("deployments are read") ? [] : null);

    public Task<bool?> HasQuorumAsync(TimeSpan timeout) => Task.FromResult<bool?>(journal.Note("quorum is read") ? true : null);

    public Task<IReadOnlyList<string>?> NodeNamesAsync(TimeSpan timeout) =>
        Task.FromResult<IReadOnlyList<string>?>(journal.Note("nodes are read") ? ["ctl-1", "ctl-2", "ctl-3"] : null);

    public Task<string> LocalNodeNameAsync(TimeSpan timeout) => throw new InvalidOperationException("the environment names the node");

    private Dictionary<string, string> Of(string attribute) =>
        Attributes.TryGetValue(attribute, out var values) ? values : Attributes[attribute] = [];

    private Task<CommandResult> Do(string call, Action effect)
    {
        var isDone = journal.Note(call);
        if (isDone)
        {
            effect();
        }

        return Task.FromResult(new CommandResult("tool", isDone ? CommandEnd.Exited : CommandEnd.TimedOut, isDone ? 0 : -1, "", ""));
    }
}
