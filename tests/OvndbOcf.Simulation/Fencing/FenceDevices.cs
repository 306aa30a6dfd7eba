namespace OvndbOcf.Simulation.Fencing;

/// <summary>The fence devices of a cluster, as commands for a node: one a node, and fencing switched on.</summary>
internal static class FenceDevices
{
    /// <summary>
    /// A script for sh(1) that takes NODES from its environment. With two nodes, the first one's device waits before it fires: if both want to fence each other
    /// because only the network between them is cut, the first one survives, instead of none (pacemaker-fencing(7), <c>pcmk_delay_base</c>).
    /// </summary>
    public const string Script = """
        set -eu
        cib=$(mktemp)
        trap 'rm -f "$cib" "$cib.original"' EXIT
        pcs cluster cib "$cib"
        cp "$cib" "$cib.original"
        set -- $NODES
        delay=0s
        if [ $# -eq 2 ]; then delay=3s; fi
        for node in $NODES; do
            pcs -f "$cib" stonith create "power-$node" fence_ovndb_node plug="$node" pcmk_host_list="$node" pcmk_host_check=static-list \
                pcmk_delay_base="$delay" pcmk_reboot_timeout=60s op monitor interval=60s timeout=20s --force
            pcs -f "$cib" constraint location "power-$node" avoids "$node"
            delay=0s
        done
        pcs -f "$cib" property set stonith-enabled=true --force
        pcs cluster cib-push "$cib" diff-against="$cib.original"
        """;
}
