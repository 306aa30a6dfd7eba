using OvndbOcf.Processes;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// The cluster's state as far as the agent reads and writes it, through Pacemaker's command-line tools. Every call takes its time limit,
/// and reports failure in its result: a cluster that does not answer must not stop the agent from handling its servers.
/// </summary>
public sealed class PacemakerTools
{
    private const string ReplicationInfo = "OVN_REPL_INFO";
    private const string ReplicationInfoSet = "ovn_ovsdb_master_server";

    private readonly string _directory;

    /// <summary>Takes the tools from that directory (<c>HA_SBIN_DIR</c>).</summary>
    public PacemakerTools(string directory) => _directory = directory;

    /// <summary>
    /// Sets the promotion score that this resource has on a node, with reboot lifetime (attrd_updater(8)). The attribute is the one that
    /// crm_attribute --promotion and, before Pacemaker 2.1, crm_master maintain; going to the attribute daemon directly takes a third of their time.
    /// </summary>
    public Task<CommandResult> SetPromotionScoreAsync(string resource, string node, int score, TimeSpan timeout) =>
        RunAsync("attrd_updater", timeout, "--name", ScoreName(resource), "--update", score.ToString(System.Globalization.CultureInfo.InvariantCulture), "--node", node);

    /// <summary>Deletes the promotion score that this resource has on a node. It is no failure if there is none.</summary>
    public Task<CommandResult> DeletePromotionScoreAsync(string resource, string node, TimeSpan timeout) =>
        RunAsync("attrd_updater", timeout, "--name", ScoreName(resource), "--delete", "--node", node);

    /// <summary>
    /// Records a node as the last active one, in the cluster property <c>OVN_REPL_INFO</c> of the set <c>ovn_ovsdb_master_server</c>, where OVN's
    /// shell agent looks for it.
    /// </summary>
    public Task<CommandResult> RecordActiveAsync(string node, TimeSpan timeout) =>
        RunAsync("crm_attribute", timeout, "--type", "crm_config", "--name", ReplicationInfo, "--set-name", ReplicationInfoSet, "--update", node);

    /// <summary>The cluster's name for this node (crm_node(8)), or failing that its host name.</summary>
    public async Task<string> LocalNodeNameAsync(TimeSpan timeout)
    {
        var result = await RunAsync("crm_node", timeout, "--name").ConfigureAwait(false);
        return NodeName(result) ?? Environment.MachineName;
    }

    // A node's name is one word: a sentence is a message that a tool wrote to the wrong place.
    private static string? NodeName(CommandResult result)
    {
        var name = result.Output.Trim();
        return result.Succeeded && name.Length > 0 && !name.Any(char.IsWhiteSpace) ? name : null;
    }

    private static string ScoreName(string resource) => "master-" + resource;

    private Task<CommandResult> RunAsync(string tool, TimeSpan timeout, params string[] arguments) =>
        CommandRunner.RunAsync(Path.Combine(_directory, tool), arguments, timeout);
}
