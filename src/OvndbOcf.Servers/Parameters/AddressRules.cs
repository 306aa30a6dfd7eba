using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>Whether this node's addresses allow what the parameters ask for. Pure.</summary>
public static class AddressRules
{
    /// <summary>Every mistake that can be told reliably.</summary>
    public static IReadOnlyList<ParameterProblem> Check(AgentParameters parameters, NodeAddresses node)
    {
        var problems = new List<ParameterProblem>();
        if (parameters.MasterIp is { } address && address.Equals(node.Cluster))
        {
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.NotConfigured,
                    "master_ip",
                    $"{address} is this node's own Corosync address, so clients would find a backup there; write a virtual address that no node owns"
                )
            );
        }

        if (parameters.TopologyOn(() => node).WhyNoOwnAddress == NoOwnAddress.NotInNetwork)
        {
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.InvalidArguments,
                    "replication_network",
                    $"this node has no own address in {parameters.ReplicationNetwork}: backups replicate through master_ip, so a planned move may lose the last rows; write a network in which every node has an address",
                    PreventsStart: false
                )
            );
        }

        return problems;
    }

    /// <summary>What does not hold here although nothing is wrong; for the log.</summary>
    public static IReadOnlyList<string> Warnings(AgentParameters parameters, NodeAddresses node)
    {
        var warnings = new List<string>();
        var topology = parameters.TopologyOn(() => node);
        if (topology.WhyNoOwnAddress == NoOwnAddress.NotFound)
        {
            warnings.Add(
                "this node has no own address that reaches the other nodes, so backups replicate through master_ip: a planned move may lose the last rows, "
                    + "and takes 11 to 15 s; set replication_network to a network in which every node has an address"
            );
        }

        if (
            topology.VirtualAddress is { } address
            && node.Has(address)
            && !node.Floating.Contains(address)
            && node.Cluster is { } cluster
            && !address.Equals(cluster)
            && node.Addresses.Any(own => own.Address.Equals(address) && !own.IsSecondary)
        )
        {
            warnings.Add(
                $"{address} (master_ip) is on this node, and no resource of the cluster moves the address: if the node owns the address, clients find a backup there; write a virtual address"
            );
        }

        return warnings;
    }
}
