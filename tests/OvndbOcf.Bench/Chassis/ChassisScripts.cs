namespace OvndbOcf.Bench.Chassis;

/// <summary>Scripts for sh(1) on the machine that has the chassis.</summary>
internal static class ChassisScripts
{
    /// <summary>Makes a tenant's network. It takes NORTHBOUND, TENANT, FIRST and LAST (chassis), and PORTS (of each) from its environment.</summary>
    public const string Tenant = """
        set -eu
        router=t$TENANT
        set -- lr-add "$router"
        for half in 0 1; do
            switch=$router-$half
            set -- "$@" -- ls-add "$switch" -- acl-add "$switch" to-lport 100 "ip4.src == 192.0.2.0/24" drop \
                -- lrp-add "$router" "$router-to-$half" "$(printf '02:00:00:%02x:%02x:fe' "$TENANT" "$half")" "10.$TENANT.$half.254/24" \
                -- lsp-add "$switch" "$switch-router" -- lsp-set-type "$switch-router" router \
                -- lsp-set-addresses "$switch-router" router -- lsp-set-options "$switch-router" router-port="$router-to-$half"
        done
        number=0
        for chassis in $(seq "$FIRST" "$LAST"); do
            for port in $(seq "$PORTS"); do
                number=$((number + 1))
                half=$((number % 2))
                set -- "$@" -- lsp-add "$router-$half" "c$chassis-$port" -- lsp-set-addresses "c$chassis-$port" \
                    "$(printf '02:00:00:%02x:%02x:%02x' "$TENANT" "$half" "$number") 10.$TENANT.$half.$number"
            done
        done
        ovn-nbctl --timeout=120 --db="$NORTHBOUND" "$@"
        """;

    /// <summary>Starts chassis. It takes SOUTHBOUND, FIRST and LAST (chassis), and PORTS (of each) from its environment.</summary>
    public const string Chassis = """
        set -eu
        for chassis in $(seq "$FIRST" "$LAST"); do
            directory=/run/chassis/$chassis
            mkdir -p "$directory"
            export OVS_RUNDIR="$directory" OVN_RUNDIR="$directory" OVS_LOGDIR="$directory" OVN_LOGDIR="$directory" OVS_DBDIR="$directory"
            ovsdb-tool create "$directory/conf.db" /usr/share/openvswitch/vswitch.ovsschema
            ovsdb-server --detach --no-chdir --pidfile --log-file --remote="punix:$directory/db.sock" "$directory/conf.db"
            ovs-vsctl --no-wait init
            ovs-vswitchd --detach --no-chdir --pidfile --log-file --enable-dummy=override --disable-system
            set -- add-br br-int -- set Bridge br-int datapath_type=dummy fail_mode=secure \
                -- set Open_vSwitch . external_ids:system-id="c$chassis" external_ids:ovn-encap-type=geneve external_ids:ovn-encap-ip="192.0.2.$chassis" \
                external_ids:ovn-bridge=br-int external_ids:ovn-bridge-datapath-type=dummy \
                external_ids:ovn-remote-probe-interval=5000 external_ids:ovn-remote="$SOUTHBOUND"
            for port in $(seq "$PORTS"); do
                set -- "$@" -- add-port br-int "p$port" -- set Interface "p$port" type=internal external_ids:iface-id="c$chassis-$port"
            done
            ovs-vsctl --timeout=60 "$@"
            ovn-controller --detach --no-chdir --pidfile --log-file "unix:$directory/db.sock"
        done 2>&1
        """;
}
