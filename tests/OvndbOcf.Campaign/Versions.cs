using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign;

/// <summary>What a campaign ran on.</summary>
internal static class Versions
{
    /// <summary>The programs on a node, such as <c>pacemaker 2.1.5, ovn-common 23.03.1</c>.</summary>
    public static async Task<string> OfNodeAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var installed = await node.ExecCheckedAsync(
            ["dpkg-query", "--show", "--showformat=${Package} ${Version}\n", "pacemaker", "corosync", "ovn-common", "openvswitch-common"],
            cancellationToken: cancellationToken
        );
        return string.Join(", ", installed.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>This machine.</summary>
    public static string OfMachine() => $"{Environment.ProcessorCount} CPUs, Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}";
}
