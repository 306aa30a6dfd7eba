using System.Globalization;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Monitor;

/// <summary>The variables that Pacemaker's executor gives to a recurring monitor of the resource (OCF resource agent API 1.1, and Pacemaker's own).</summary>
internal static class MonitorEnvironment
{
    private const int TimeoutMilliseconds = 20_000;

    /// <summary>The variables for an instance.</summary>
    /// <param name="bench">The cluster, whose parameters the resource has.</param>
    /// <param name="node">Where the instance runs.</param>
    /// <param name="promoted">Its role.</param>
    /// <param name="featureSet">Pacemaker's feature set, such as <c>3.16.1</c>.</param>
    public static IReadOnlyList<string> For(BenchCluster bench, ClusterNode node, bool promoted, string featureSet)
    {
        var interval = promoted ? bench.Shape.PromotedInterval : bench.Shape.UnpromotedInterval;
        var milliseconds = interval.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var number = 1 + bench.Cluster.Nodes.ToList().IndexOf(node);
        return
        [
            "OCF_ROOT=/usr/lib/ocf",
            "OCF_RA_VERSION_MAJOR=1",
            "OCF_RA_VERSION_MINOR=1",
            "OCF_EXIT_REASON_PREFIX=ocf-exit-reason:",
            "HA_LOGFILE=/var/log/pacemaker/pacemaker.log",
            $"OCF_RESOURCE_INSTANCE={BenchCluster.Resource}",
            "OCF_RESOURCE_PROVIDER=ovn",
            "OCF_RESOURCE_TYPE=ovndb-servers",
            $"OCF_RESKEY_master_ip={bench.Cluster.VirtualIp}",
            $"OCF_RESKEY_manage_northd={(bench.Shape.Northd ? "yes" : "no")}",
            $"OCF_RESKEY_crm_feature_set={featureSet}",
            "OCF_RESKEY_CRM_meta_name=monitor",
            $"OCF_RESKEY_CRM_meta_interval={milliseconds}",
            $"OCF_RESKEY_CRM_meta_timeout={TimeoutMilliseconds}",
            $"OCF_RESKEY_CRM_meta_role={(promoted ? "Promoted" : "Unpromoted")}",
            $"OCF_RESKEY_CRM_meta_on_node={node.Name}",
            $"OCF_RESKEY_CRM_meta_on_node_uuid={number}",
            $"OCF_RESKEY_CRM_meta_clone={number - 1}",
            $"OCF_RESKEY_CRM_meta_clone_max={bench.Cluster.Nodes.Count}",
            "OCF_RESKEY_CRM_meta_clone_node_max=1",
            "OCF_RESKEY_CRM_meta_globally_unique=false",
            "OCF_RESKEY_CRM_meta_notify=true",
            "OCF_RESKEY_CRM_meta_promoted_max=1",
            "OCF_RESKEY_CRM_meta_promoted_node_max=1",
            "OCF_RESKEY_CRM_meta_master_max=1",
            "OCF_RESKEY_CRM_meta_master_node_max=1",
        ];
    }

    /// <summary>Pacemaker's feature set, as the node's copy of the cluster's configuration names it.</summary>
    public static async Task<string> FeatureSetAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(["cibadmin", "--query", "--local"], cancellationToken: cancellationToken);
        return System.Xml.Linq.XDocument.Parse(result.Stdout).Root?.Attribute("crm_feature_set")?.Value
            ?? throw new InvalidOperationException($"{node.Name}: the configuration names no feature set");
    }
}
