using OvndbOcf.Decisions.Copies;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>The node attributes by which instances tell each other, and people, what their copies are.</summary>
/// <param name="scope">The action.</param>
/// <param name="cluster">The attributes.</param>
/// <param name="memory">Remembers which of them this node has.</param>
internal sealed class CopyAttributes(ActionScope scope, INodeAttributes cluster, ResourceMemory memory)
{
    private string Resource => scope.Resource;

    // For the promoted instance. Private: a change of it disturbs no transition that is under way.
    private string FactsName => "copy-" + Resource;

    // For people.
    private string WordsName => Resource + "-copy";

    private string ClaimName => "claim-" + Resource;

    private string OverrideName => "allow-outdated-" + Resource;

    // For the next active node.
    private string ClientsName => "clients-" + Resource;

    /// <summary>The command by which a person allows this copy to be promoted once, though it lacks data.</summary>
    public string OverrideCommand(ClusterKnowledge known) =>
        $"attrd_updater -n {OverrideName} -U {known.Record?.Marker.Number ?? 0} -N {scope.Me.AttributeHost}";

    /// <summary>Publishes what this instance is, unless it is published already.</summary>
    /// <param name="copy">What it is.</param>
    /// <param name="published">What is published, as just read; null if that could not be read.</param>
    public Task PublishAsync(PublishedCopy copy, IReadOnlyDictionary<string, string>? published) =>
        Task.WhenAll(
            SetFactsAsync((copy with { Agent = AgentDescription.Version }).Facts, published),
            copy.Words is { Length: > 0 } words ? SetWordsAsync(words, published) : DeleteAsync(WordsName, memory.Shown)
        );

    /// <summary>Takes back whatever was published or claimed: this instance has no copy that anybody could count on.</summary>
    public Task WithdrawAsync() =>
        Task.WhenAll(
            DeleteAsync(FactsName, memory.Published),
            DeleteAsync(WordsName, memory.Shown),
            DeleteAsync(ClaimName, memory.Claimed)
        );

    /// <summary>
    /// What all instances publish, by node; null if that is not known. An answer without this instance, which has published something, is none: the attribute daemon has been
    /// started again and has not heard from the others yet.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>?> ReadAsync()
    {
        var published = await cluster.ReadAttributeAsync(FactsName, scope.ToolTimeout).ConfigureAwait(false);
        return published is not null && memory.Published.Exists && !published.ContainsKey(scope.Me.AttributeHost) ? null : published;
    }

    /// <summary>Says before a promotion what this node has.</summary>
    public Task ClaimAsync(NodeClaim claim)
    {
        memory.Claimed.Write(claim.ToString());
        return cluster.SetAttributeAsync(ClaimName, scope.Me.AttributeHost, claim.ToString(), true, scope.ToolTimeout);
    }

    /// <summary>What all nodes said; null if that is not known. As with <see cref="ReadAsync"/>, an answer without this node, which has claimed something, is none.</summary>
    public async Task<IReadOnlyList<NodeClaim>?> ReadClaimsAsync()
    {
        var claimed = await cluster.ReadAttributeAsync(ClaimName, scope.ToolTimeout).ConfigureAwait(false);
        return claimed is null || (memory.Claimed.Exists && !claimed.ContainsKey(scope.Me.AttributeHost))
            ? null
            : [.. claimed.Select(claim => NodeClaim.Parse(claim.Key, claim.Value)).OfType<NodeClaim>()];
    }

    /// <summary>
    /// Notes that this node gives way to a better copy while that promotion is on record. For a while its score lets the other one be chosen; if that
    /// does not happen, it has to do.
    /// </summary>
    public void GiveWay(PromotionRecord? record) => memory.GaveWay.Write(IdOf(record));

    /// <summary>Whether this node gave way a short while ago.</summary>
    public bool GaveWay(PromotionRecord? record) => memory.GaveWay.Says(IdOf(record));

    /// <summary>Says which connections clients had to the active servers here.</summary>
    public Task TellClientsAsync(string clients) =>
        cluster.SetAttributeAsync(ClientsName, scope.Me.AttributeHost, clients, true, scope.ToolTimeout);

    /// <summary>What nodes said of theirs, by node, this one among them; empty where that is not known.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadClientsAsync()
    {
        var told = await cluster.ReadAttributeAsync(ClientsName, scope.ToolTimeout).ConfigureAwait(false);
        return told ?? new Dictionary<string, string>();
    }

    /// <summary>Takes back what those nodes said.</summary>
    public Task ForgetClientsAsync(IEnumerable<string> nodes) =>
        Task.WhenAll(nodes.Select(node => cluster.DeleteAttributeAsync(ClientsName, node, scope.ToolTimeout)));

    /// <summary>Whether a person allowed this node to be promoted in place of the promotion on record.</summary>
    public async Task<bool> IsOverriddenAsync(PromotionRecord record)
    {
        var allowed = await cluster.ReadAttributeAsync(OverrideName, scope.ToolTimeout).ConfigureAwait(false);
        return allowed?.GetValueOrDefault(scope.Me.AttributeHost)
            == record.Marker.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends that permission; it counts for one promotion.</summary>
    public Task EndOverrideAsync() => cluster.DeleteAttributeAsync(OverrideName, scope.Me.AttributeHost, scope.ToolTimeout);

    // A change reaches all nodes.
    private async Task SetFactsAsync(string value, IReadOnlyDictionary<string, string>? published)
    {
        if (published?.GetValueOrDefault(scope.Me.AttributeHost) != value)
        {
            memory.Published.Write(value);
            await cluster.SetAttributeAsync(FactsName, scope.Me.AttributeHost, value, true, scope.ToolTimeout).ConfigureAwait(false);
        }
    }

    // An attribute daemon that has lost the facts has lost the words, too.
    private async Task SetWordsAsync(string value, IReadOnlyDictionary<string, string>? published)
    {
        if (published?.ContainsKey(scope.Me.AttributeHost) != true || !memory.Shown.Says(value))
        {
            var result = await cluster
                .ShowAttributeAsync(WordsName, scope.Me.AttributeHost, value, scope.ToolTimeout)
                .ConfigureAwait(false);
            memory.Shown.Write(result.Succeeded ? value : null);
        }
    }

    // An attribute that this boot did not set is not there: it would have gone with the node.
    private async Task DeleteAsync(string name, RecentNote note)
    {
        if (
            note.Exists
            && (await cluster.DeleteAttributeAsync(name, scope.Me.AttributeHost, scope.ToolTimeout).ConfigureAwait(false)).Succeeded
        )
        {
            note.Write(null);
        }
    }

    private static string IdOf(PromotionRecord? record) => record?.Marker.Id.ToString("D") ?? "-";
}
