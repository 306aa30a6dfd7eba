namespace OvndbOcf.Simulation.Hypervisors;

/// <summary>Scripts for sh(1) on a hypervisor. What a platform does is in <c>pcs-examples/hypervisors/</c>; here is what only a container needs.</summary>
internal static class HypervisorScripts
{
    /// <summary>
    /// Starts Open vSwitch and gives the container's address to a bridge: the userspace datapath, which needs no kernel module, sends
    /// tunnels only through ports that it knows.
    /// </summary>
    public const string Switch = """
        set -eu
        /usr/share/openvswitch/scripts/ovs-ctl --system-id=random --no-record-hostname start
        mac=$(cat /sys/class/net/eth0/address)
        addresses=$(ip -o address show dev eth0 scope global | awk '{ print $4 }')
        ovs-vsctl --timeout=10 --may-exist add-br br-phy \
            -- set Bridge br-phy datapath_type=netdev fail_mode=standalone other_config:hwaddr="$mac" \
            -- --may-exist add-port br-phy eth0
        ip address flush dev eth0
        ip link set br-phy up
        for address in $addresses; do
            case $address in *:*) ip address add "$address" dev br-phy nodad ;; *) ip address add "$address" dev br-phy ;; esac
        done
        """;

    /// <summary>
    /// A network namespace is the VM, one end of a veth pair its interface, the other end the device on the hypervisor. It takes VM, IFACE, MAC, ADDRESS
    /// (with prefix length) and GATEWAY from its environment. The MTU leaves room for the tunnel's headers.
    /// </summary>
    public const string Vm = """
        set -eu
        ip netns add "$VM"
        ip link add "$IFACE" type veth peer name eth0 netns "$VM"
        ip netns exec "$VM" ip link set eth0 address "$MAC" mtu 1400
        ip netns exec "$VM" ip address add "$ADDRESS" dev eth0
        ip netns exec "$VM" ip link set lo up
        ip netns exec "$VM" ip link set eth0 up
        ip netns exec "$VM" ip route add default via "$GATEWAY"
        ip link set "$IFACE" up
        """;

    /// <summary>Pings until a signal comes, and prints the process id. It takes VM, TARGET and LOG from its environment.</summary>
    public const string Ping = """
        set -eu
        setsid ip netns exec "$VM" ping -n -i 0.2 "$TARGET" > "$LOG" 2>&1 < /dev/null &
        echo $!
        """;

    /// <summary>
    /// Asks for a logical port until it gets one, and waits until it is up. It takes NORTHBOUND, SWITCH, PORT and ADDRESSES from its environment. It asks again by
    /// itself: how long ovn-nbctl would wait before it connects anew is not of interest.
    /// </summary>
    public const string AddPort = """
        set -u
        until ovn-nbctl --timeout=2 --db="$NORTHBOUND" --may-exist lsp-add "$SWITCH" "$PORT" -- lsp-set-addresses "$PORT" "$ADDRESSES"; do
            sleep 0.1
        done
        until [ "$(ovn-nbctl --timeout=2 --db="$NORTHBOUND" lsp-get-up "$PORT")" = up ]; do sleep 0.1; done
        """;

    /// <summary>
    /// What <c>ovn-nbctl --wait=hv sync</c> does, during a failover too: asks for a new sequence number and waits until every chassis has it. It takes NORTHBOUND from its
    /// environment. It asks again by itself: ovn-nbctl would wait for a server that is gone, and a number may be lost with it.
    /// </summary>
    public const string Sync = """
        set -u
        nbctl() { ovn-nbctl --timeout=3 --db="$NORTHBOUND" "$@"; }
        target=
        while :; do
            set -- $(nbctl get NB_Global . nb_cfg hv_cfg)
            if [ $# -eq 2 ]; then
                if [ -z "$target" ] || [ "$1" -lt "$target" ]; then
                    target=$(($1 + 1))
                    nbctl set NB_Global . nb_cfg="$target"
                elif [ "$2" -ge "$target" ]; then
                    exit 0
                fi
            fi
            sleep 0.1
        done
        """;

    /// <summary>A script of <c>pcs-examples/hypervisors/</c>, as it is.</summary>
    public static string Example(string name)
    {
        using var stream =
            typeof(HypervisorScripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not among the scripts of pcs-examples/hypervisors/");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
