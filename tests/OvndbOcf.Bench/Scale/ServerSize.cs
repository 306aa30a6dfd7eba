using System.Globalization;
using System.Text.RegularExpressions;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Scale;

/// <summary>What a server takes of its machine.</summary>
/// <param name="ResidentMiB">Its memory.</param>
/// <param name="OpenFiles">Its file descriptors; each client has one.</param>
internal sealed partial record ServerSize(double ResidentMiB, int OpenFiles)
{
    /// <summary>Looks at a database's server.</summary>
    /// <exception cref="ExecException">It does not run.</exception>
    public static async Task<ServerSize> ReadAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken)
    {
        var pid = await node.ReadPidAsync(database.PidFile, cancellationToken);
        var files = await node.ExecCheckedAsync(["ls", $"/proc/{pid}/fd"], cancellationToken: cancellationToken);
        return new ServerSize(
            MemoryOf(await node.ReadFileAsync($"/proc/{pid}/status", cancellationToken)),
            files.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }

    /// <summary>The resident memory in MiB, from <c>/proc/PID/status</c>.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    internal static double MemoryOf(string status) =>
        Resident().Match(status) is { Success: true } match
            ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / 1024.0
            : throw new FormatException($"no VmRSS in: {status}");

    [GeneratedRegex(@"^VmRSS:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Resident();
}
