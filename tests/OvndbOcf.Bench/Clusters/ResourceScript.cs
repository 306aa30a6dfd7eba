namespace OvndbOcf.Bench.Clusters;

/// <summary>
/// Creates the resources as <c>pcs-examples/virtual-ip.sh</c> does, with the intervals to be measured. The address has no monitor of its own:
/// what that costs would be counted as the agent's.
/// </summary>
internal static class ResourceScript
{
    /// <summary>A script for sh(1) that takes VIP, PREFIX, NIC (empty where it follows from PREFIX), NORTHD, PROMOTED, UNPROMOTED (intervals) and META from its environment.</summary>
    public const string Text = """
        set -eu
        cib=$(mktemp)
        trap 'rm -f "$cib" "$cib.original"' EXIT
        pcs cluster cib "$cib"
        cp "$cib" "$cib.original"
        pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers master_ip="$VIP" manage_northd="$NORTHD" \
            op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
            op monitor interval="$PROMOTED" timeout=20s role=Promoted \
            op monitor interval="$UNPROMOTED" timeout=20s role=Unpromoted \
            ${META:+meta $META}
        pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1
        pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="$PREFIX" ${NIC:+nic="$NIC"} op monitor interval=10s timeout=20s enabled=false
        pcs -f "$cib" constraint colocation add ovn-vip with Promoted ovndb-clone score=INFINITY
        pcs -f "$cib" constraint order promote ovndb-clone then start ovn-vip
        pcs cluster cib-push "$cib" diff-against="$cib.original"
        """;
}
