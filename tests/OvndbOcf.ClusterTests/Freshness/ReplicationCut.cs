using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Replication that fails while everything else between two nodes works: a node's kernel drops what belongs to it.</summary>
internal static class ReplicationCut
{
    /// <summary>Drops what a node's servers (<c>sport</c>) or its backups (<c>dport</c>) send to another node, until it loses power.</summary>
    public static async Task DropAsync(ClusterNode node, string side, ClusterNode other, CancellationToken cancellationToken)
    {
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            await node.ExecCheckedAsync(
                ["ip", "rule", "add", "ipproto", "tcp", side, $"{database.Port}", "to", $"{other.Address}", "blackhole"],
                cancellationToken: cancellationToken
            );
        }
    }

    /// <summary>Drops nothing any more. Does nothing on a node that is off.</summary>
    public static Task EndAsync(ClusterNode node, CancellationToken cancellationToken) =>
        node.ExecAsync(["sh", "-c", "while ip rule del blackhole 2> /dev/null; do :; done"], cancellationToken: cancellationToken);
}
