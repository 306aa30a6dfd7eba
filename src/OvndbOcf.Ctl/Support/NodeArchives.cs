using OvndbOcf.Linux;

namespace OvndbOcf.Ctl.Support;

/// <summary>The archives of other nodes: what <c>ovndbctl support</c> writes there, called by ssh, which must not have to ask for anything.</summary>
/// <param name="ssh">ssh's client, with its path or found by PATH.</param>
/// <param name="resource">The resource; a name in XML, so that the shell over there takes it as it is.</param>
internal sealed class NodeArchives(string ssh, string resource)
{
    private const int MaxBytes = 64 << 20;

    // Over there a journal of months may be searched.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Asks all of them at the same time; who gives nothing says why.</summary>
    public Task<SupportEntry[]> FetchAsync(IEnumerable<string> nodes) => Task.WhenAll(nodes.Select(FetchAsync));

    private async Task<SupportEntry> FetchAsync(string node)
    {
        var name = $"nodes/{node}.tar.gz";
        var given = await CommandRunner
            .RunAsync(
                ssh,
                ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "--", node, "ovndbctl", "support", "-", "--resource", resource],
                Timeout,
                outputMaxBytes: MaxBytes
            )
            .ConfigureAwait(false);
        var archive = new byte[given.Output.Length];
        return !given.Succeeded ? new SupportEntry(name, null, $"ssh to {node}: {given.Essence}")
            : Convert.TryFromBase64String(given.Output, archive, out var length) && length > 0
                ? new SupportEntry(name, null) { Archive = archive[..length] }
            : new SupportEntry(name, null, $"what ovndbctl on {node} printed is no archive");
    }
}
