using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>The cluster's configuration and state, from Pacemaker's tools, or where those do not answer, from what Pacemaker keeps on this node's disk.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="IsLive">Whether that is the one in force.</param>
/// <param name="State">What the cluster does.</param>
internal sealed record ClusterSource(Fact<ClusterConfiguration> Configuration, bool IsLive, Fact<ClusterState> State)
{
    /// <summary>Where Pacemaker's tools are.</summary>
    internal const string Tools = "/usr/sbin";
    private const string OnDisk = "/var/lib/pacemaker/cib/cib.xml";

    // Hundreds of nodes and resources fit in.
    private const int AnswerMaxBytes = 32 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks both tools side by side.</summary>
    public static async Task<ClusterSource> ReadAsync()
    {
        var configuration = RunAsync("cibadmin", "--query");
        var state = RunAsync("crm_mon", "-1", "--inactive", "--include=none,nodes,resources,failcounts", "--output-as=xml");
        return From(
            await configuration.ConfigureAwait(false),
            await state.ConfigureAwait(false),
            () => PlainFile.ReadText(OnDisk, AnswerMaxBytes)
        );
    }

    /// <summary>What the answers of both tools say.</summary>
    internal static ClusterSource From(CommandResult configuration, CommandResult state, Func<string?> readDisk)
    {
        var why = configuration.Succeeded
            ? "cibadmin's answer is not readable"
            : $"the cluster's configuration cannot be read: {configuration.Essence}";
        var live = configuration.Succeeded ? CibReader.Parse(configuration.Output) : null;
        var found = live ?? (readDisk() is { } text ? CibReader.Parse(text) : null);
        return new ClusterSource(
            found is null ? Fact<ClusterConfiguration>.Unknown(why) : Fact<ClusterConfiguration>.Of(found),
            live is not null,
            state.Succeeded && ClusterState.Read(state.Output) is { } parsed
                ? Fact<ClusterState>.Of(parsed)
                : Fact<ClusterState>.Unknown(
                    state.Succeeded ? "crm_mon's answer is not readable" : $"what the cluster does is not known: {state.Essence}"
                )
        );
    }

    private static Task<CommandResult> RunAsync(string tool, params string[] arguments) =>
        CommandRunner.RunAsync(Path.Combine(Tools, tool), arguments, Timeout, outputMaxBytes: AnswerMaxBytes);
}
