using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Asks Pacemaker by its tools; each call has its time limit, and null for an answer that did not come.</summary>
internal sealed class ClusterTools(CtlSettings settings)
{
    // A configuration of some thousand resources, with what they did.
    private const int AnswerMaxBytes = 64 << 20;

    /// <summary>The configuration and status (cibadmin(8)).</summary>
    public async Task<Cib?> ReadCibAsync() => Cib.Read(await AskAsync("cibadmin", "--query").ConfigureAwait(false));

    /// <summary>The configuration of Pacemaker's own file.</summary>
    public Cib? ReadCibFile() => Cib.Read(PlainFile.ReadText(settings.CibFile, AnswerMaxBytes));

    /// <summary>Roles and failures (crm_mon(8)).</summary>
    public async Task<ClusterStatus?> ReadStatusAsync() =>
        ClusterStatus.Read(
            await AskAsync("crm_mon", "--one-shot", "--output-as=xml", "--inactive", "--include=none,dc,nodes,resources,failures")
                .ConfigureAwait(false)
        );

    /// <summary>What the instances publish of themselves, by node.</summary>
    public Task<IReadOnlyDictionary<string, string>?> ReadPublishedAsync(string resource) =>
        new PacemakerTools(settings.Tools).ReadAttributeAsync("copy-" + resource, settings.Timeout);

    /// <summary>The name of this node; null if the cluster does not say.</summary>
    public async Task<string?> ReadNodeNameAsync() => (await AskAsync("crm_node", "--name").ConfigureAwait(false))?.Trim();

    /// <summary>Runs one of the tools to change something.</summary>
    public Task<CommandResult> RunAsync(string tool, params string[] arguments) =>
        CommandRunner.RunAsync(Path.Combine(settings.Tools, tool), arguments, settings.Timeout);

    private async Task<string?> AskAsync(string tool, params string[] arguments)
    {
        var result = await CommandRunner
            .RunAsync(Path.Combine(settings.Tools, tool), arguments, settings.Timeout, outputMaxBytes: AnswerMaxBytes)
            .ConfigureAwait(false);
        return result.Succeeded ? result.Output : null;
    }
}
