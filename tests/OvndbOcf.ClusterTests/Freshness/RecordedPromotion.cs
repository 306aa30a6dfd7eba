using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>The latest promotion, as it is on record in the cluster's configuration.</summary>
internal static class RecordedPromotion
{
    /// <summary>The set of properties that the agent keeps in the CIB.</summary>
    public const string PropertySet = "ovn_ovsdb_master_server";

    /// <summary>The record of a resource, as a node knows it; null if there is none.</summary>
    public static async Task<PromotionRecord?> FindAsync(ClusterNode node, string resource, CancellationToken cancellationToken)
    {
        var result = await node.ExecAsync(
            [
                "crm_attribute",
                "--type",
                "crm_config",
                "--set-name",
                PropertySet,
                "--name",
                $"ovndb-promotion-{resource}",
                "--query",
                "--quiet",
            ],
            cancellationToken: cancellationToken
        );
        return result.ExitCode == 0 ? PromotionRecord.Parse(result.Stdout.Trim()) : null;
    }

    /// <summary>The same, as a node would find it after a loss of power: on its disk. Null if there is none.</summary>
    public static async Task<PromotionRecord?> FindOnDiskAsync(ClusterNode node, string resource, CancellationToken cancellationToken)
    {
        var file = await node.ExecCheckedAsync(["cat", "/var/lib/pacemaker/cib/cib.xml"], cancellationToken: cancellationToken);
        var value = XElement
            .Parse(file.Stdout)
            .XPathSelectElement($"//nvpair[@id='{PropertySet}-ovndb-promotion-{resource}']")
            ?.Attribute("value")
            ?.Value;
        return value is null ? null : PromotionRecord.Parse(value);
    }
}
