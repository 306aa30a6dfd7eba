namespace OvndbOcf.Pacemaker;

/// <summary>The nodes of the cluster.</summary>
public interface IClusterNodes
{
    /// <summary>Whether this node's partition has quorum (crm_node(8), and where a remote node has none, the CIB); null if that cannot be found out.</summary>
    Task<bool?> HasQuorumAsync(TimeSpan timeout);

    /// <summary>
    /// All nodes that the cluster knows, whether they are online or not; null if that cannot be found out. The CIB has them: crm_node(8) lists no remote nodes.
    /// </summary>
    Task<IReadOnlyList<string>?> NodeNamesAsync(TimeSpan timeout);

    /// <summary>The cluster's name for this node (crm_node(8)), or failing that its host name.</summary>
    Task<string> LocalNodeNameAsync(TimeSpan timeout);
}
