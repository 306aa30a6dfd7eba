using System.Globalization;
using System.Text.RegularExpressions;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench;

/// <summary>Finds out where is measured, and what.</summary>
internal static partial class MachineInfo
{
    private static readonly string[] Packages = ["pacemaker", "corosync", "ovn-common", "openvswitch-common"];

    /// <summary>This machine, and the programs on a node.</summary>
    public static async Task<MachineDescription> DescribeAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var node = cluster.Nodes[0];
        var installed = await node.ExecCheckedAsync(
            ["dpkg-query", "--show", "--showformat=${Package} ${Version}\n", .. Packages],
            cancellationToken: cancellationToken
        );
        var versions = installed
            .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1]);
        var metaData = await node.ExecCheckedAsync([BenchCluster.AgentPath, "meta-data"], cancellationToken: cancellationToken);
        versions["agent"] = AgentVersion().Match(metaData.Stdout).Groups[1].Value;
        return new MachineDescription(
            CpuModel(await File.ReadAllTextAsync("/proc/cpuinfo", cancellationToken)),
            Environment.ProcessorCount,
            MemoryMiB(await File.ReadAllTextAsync("/proc/meminfo", cancellationToken)),
            (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", cancellationToken)).Trim(),
            cluster.Options.Release.Suite(),
            versions
        );
    }

    /// <summary>The CPU's model, where the architecture tells it.</summary>
    internal static string CpuModel(string cpuinfo) =>
        ModelName().Match(cpuinfo) is { Success: true } match ? match.Groups[1].Value : "unknown CPU";

    /// <summary>The memory, from <c>/proc/meminfo</c>.</summary>
    internal static long MemoryMiB(string meminfo) =>
        MemoryTotal().Match(meminfo) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / 1024
            : 0;

    [GeneratedRegex(@"^model name\s*: (.+)$", RegexOptions.Multiline)]
    private static partial Regex ModelName();

    [GeneratedRegex(@"^MemTotal:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex MemoryTotal();

    [GeneratedRegex("<resource-agent name=\"[^\"]*\" version=\"([^\"]*)\"")]
    private static partial Regex AgentVersion();
}
