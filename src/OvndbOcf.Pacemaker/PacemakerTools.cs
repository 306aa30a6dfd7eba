using System.Globalization;
using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// The cluster's state as far as the agent reads and writes it, through Pacemaker's command-line tools. Every call takes its time limit,
/// and reports failure in its result: a cluster that does not answer must not stop the agent from handling its servers.
/// </summary>
public sealed class PacemakerTools : IPromotionScores, INodeAttributes, IClusterConfiguration, IClusterNodes
{
    /// <summary>The property that names the last active node, as OVN's shell agent has it.</summary>
    public const string ReplicationInfo = "OVN_REPL_INFO";

    // What Pacemaker takes for minus infinity.
    private const int Infinite = -1_000_000;

    // CRM_EX_NOSUCH of Pacemaker 2.0 and later.
    private const int NoSuchObject = 105;

    // CRM_EX_CONFIG: what attrd_updater of 2.1.5 and later exits with where no node has ever set the attribute. Its words tell that from a configuration that is wrong.
    private const int InvalidConfiguration = 78;
    private const string NoSuchAttribute = "attribute does not exist";

    private const int NodesMaxBytes = 16 * 1024 * 1024;

    // By these attrd_updater takes the node of the action for the one that is meant, even where it is asked for all (seen with 2.1.5).
    private static readonly Dictionary<string, string?> WithoutNode = new()
    {
        ["OCF_RESKEY_CRM_meta_on_node"] = null,
        ["OCF_RESKEY_CRM_meta_on_node_uuid"] = null,
        ["OCF_RESKEY_CRM_meta_physical_host"] = null,
        ["OCF_RESKEY_CRM_meta_container_attribute_target"] = null,
    };

    private readonly string _directory;

    /// <summary>Takes the tools from that directory (<c>HA_SBIN_DIR</c>).</summary>
    public PacemakerTools(string directory) => _directory = directory;

    /// <inheritdoc/>
    public Task<CommandResult> SetPromotionScoreAsync(string resource, string node, int score, TimeSpan timeout) =>
        ChangeAsync("attrd_updater", timeout, "--name", ScoreName(resource), "--update=" + Text(score), "--node", node);

    /// <inheritdoc/>
    public Task<CommandResult> DeletePromotionScoreAsync(string resource, string node, TimeSpan timeout) =>
        ChangeAsync("attrd_updater", timeout, "--name", ScoreName(resource), "--delete", "--node", node);

    /// <summary>How many changes this object has asked of the cluster.</summary>
    public int Changes { get; private set; }

    /// <inheritdoc/>
    public Task<CommandResult> RewriteAttributesAsync(TimeSpan timeout) => ChangeAsync("attrd_updater", timeout, "--refresh");

    /// <inheritdoc/>
    public async Task<int?> ReadScheduledScoreAsync(string resource, string node, TimeSpan timeout)
    {
        var values = ScorePath(resource, node) is { } path ? await ReadValuesAsync(path, timeout).ConfigureAwait(false) : null;
        return Score(values?.GetValueOrDefault(ScoreName(resource)));
    }

    /// <inheritdoc/>
    public async Task<(IReadOnlyDictionary<string, string> Properties, int? Score)?> ReadConfigurationAsync(
        string resource,
        string node,
        TimeSpan timeout
    )
    {
        var path = ScorePath(resource, node) is { } score ? $"{ClusterProperties.XPath} | {score}" : ClusterProperties.XPath;
        return await ReadValuesAsync(path, timeout).ConfigureAwait(false) is { } values
            ? (values, Score(values.GetValueOrDefault(ScoreName(resource))))
            : null;
    }

    /// <inheritdoc/>
    public async Task<string?> ReadMigrationThresholdAsync(string resource, TimeSpan timeout)
    {
        const string Name = "migration-threshold";
        if (resource.Contains('\'', StringComparison.Ordinal))
        {
            return null;
        }

        var value = $"/meta_attributes/nvpair[@name='{Name}']";
        foreach (
            var path in (string[])
                [$"//primitive[@id='{resource}']{value}", $"//*[primitive/@id='{resource}']{value}", $"//rsc_defaults{value}"]
        )
        {
            if (await ReadValuesAsync(path, timeout).ConfigureAwait(false) is { } values && values.TryGetValue(Name, out var threshold))
            {
                return threshold;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public Task<CommandResult> WritePropertiesAsync(IReadOnlyDictionary<string, string> properties, TimeSpan timeout) =>
        ChangeAsync(
            "cibadmin",
            timeout,
            "--modify",
            "--allow-create",
            "--scope",
            "configuration",
            "--xml-text",
            ClusterProperties.ToXml(properties)
        );

    /// <inheritdoc/>
    public Task<CommandResult> SetAttributeAsync(string name, string node, string value, bool isPrivate, TimeSpan timeout) =>
        isPrivate
            ? ChangeAsync("attrd_updater", timeout, "--name", name, "--update", value, "--node", node, "--private")
            : ChangeAsync("attrd_updater", timeout, "--name", name, "--update", value, "--node", node);

    /// <inheritdoc/>
    public Task<CommandResult> ShowAttributeAsync(string name, string node, string value, TimeSpan timeout) =>
        // With --update alone the delay counts only where the attribute is new, and one of an older version of the agent is there without.
        ChangeAsync("attrd_updater", timeout, "--name", name, "--update-both", value, "--node", node, "--delay", "5s");

    /// <inheritdoc/>
    public Task<CommandResult> DeleteAttributeAsync(string name, string node, TimeSpan timeout) =>
        ChangeAsync("attrd_updater", timeout, "--name", name, "--delete", "--node", node);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>?> ReadAttributeAsync(string name, TimeSpan timeout)
    {
        var result = await RunAsync("attrd_updater", timeout, "--name", name, "--query", "--all").ConfigureAwait(false);
        return result.Succeeded ? AttributeLines.Parse(result.Output)
            : SaysThatThereIsNone(result) ? new Dictionary<string, string>()
            : null;
    }

    private static bool SaysThatThereIsNone(CommandResult result) =>
        result.End == CommandEnd.Exited
        && (
            result.ExitCode == NoSuchObject
            || (result.ExitCode == InvalidConfiguration && result.Error.Contains(NoSuchAttribute, StringComparison.Ordinal))
        );

    /// <inheritdoc/>
    public async Task<bool?> HasQuorumAsync(TimeSpan timeout)
    {
        var result = await RunAsync("crm_node", timeout, "--quorum").ConfigureAwait(false);
        if (result.End == CommandEnd.NotStarted && !File.Exists(Path.Combine(_directory, "crm_node")))
        {
            // Debian has crm_node in the package of full nodes alone. The CIB is told of a lost quorum a moment later, by the controller of the partition.
            var cib = await RunAsync("cibadmin", timeout, "--query", "--no-children").ConfigureAwait(false);
            return cib.Succeeded ? ClusterNodes.ParseQuorum(cib.Output) : null;
        }

        return !result.Succeeded
            ? null
            : result.Output.Trim() switch
            {
                "1" => true,
                "0" => false,
                _ => null,
            };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> NodeNamesAsync(TimeSpan timeout)
    {
        // A remote node is a resource with its operations, a kilobyte each, and there may be hundreds.
        var result = await CommandRunner
            .RunAsync(Path.Combine(_directory, "cibadmin"), ["--query", "--xpath", ClusterNodes.XPath], timeout, WithoutNode, NodesMaxBytes)
            .ConfigureAwait(false);
        return result.Succeeded && ClusterNodes.ParseNames(result.Output) is { Count: > 0 } names ? names : null;
    }

    /// <inheritdoc/>
    public async Task<string> LocalNodeNameAsync(TimeSpan timeout)
    {
        var result = await RunAsync("crm_node", timeout, "--name").ConfigureAwait(false);
        return NodeName(result) ?? Environment.MachineName;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterDeployment>?> ReadDeploymentsAsync(string node, TimeSpan timeout) =>
        ClusterDeployments.ReadAsync(_directory, node, timeout);

    // A node's name is one word: a sentence is a message that a tool wrote to the wrong place.
    private static string? NodeName(CommandResult result)
    {
        var name = result.Output.Trim();
        return result.Succeeded && name.Length > 0 && !name.Any(char.IsWhiteSpace) ? name : null;
    }

    // To be joined with its option: old releases take a text that begins with a dash for options and use its first letter.
    private static string Text(int score) => score <= Infinite ? "-INFINITY" : score.ToString(CultureInfo.InvariantCulture);

    private static int? Score(string? text) =>
        text == Text(Infinite) ? Infinite
        : int.TryParse(text, CultureInfo.InvariantCulture, out var score) ? score
        : null;

    // Null for names that cannot stand in an XPath.
    private static string? ScorePath(string resource, string node) =>
        node.Contains('\'', StringComparison.Ordinal) || resource.Contains('\'', StringComparison.Ordinal)
            ? null
            : $"//node_state[@uname='{node}']/transient_attributes//nvpair[@name='{ScoreName(resource)}']";

    private static string ScoreName(string resource) => "master-" + resource;

    private async Task<IReadOnlyDictionary<string, string>?> ReadValuesAsync(string path, TimeSpan timeout)
    {
        var result = await RunAsync("cibadmin", timeout, "--query", "--xpath", path).ConfigureAwait(false);
        return result.Succeeded ? ClusterProperties.Parse(result.Output)
            : result is { End: CommandEnd.Exited, ExitCode: NoSuchObject } ? new Dictionary<string, string>()
            : null;
    }

    private Task<CommandResult> ChangeAsync(string tool, TimeSpan timeout, params string[] arguments)
    {
        Changes++;
        return RunAsync(tool, timeout, arguments);
    }

    private Task<CommandResult> RunAsync(string tool, TimeSpan timeout, params string[] arguments) =>
        CommandRunner.RunAsync(Path.Combine(_directory, tool), arguments, timeout, WithoutNode);
}
