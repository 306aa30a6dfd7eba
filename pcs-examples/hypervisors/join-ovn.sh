#!/bin/sh
# Makes a hypervisor that runs Open vSwitch and ovn-controller a chassis of OVN: identifies its switch, and points ovn-controller at
# the virtual address of the Southbound database. Run it as root, after Open vSwitch has started; running it again changes nothing.
#
#   SYSTEM_ID=hv1 OVN_REMOTE=tcp:10.0.0.9:6642 ENCAP_IP=10.0.0.31 ./join-ovn.sh
#
# SYSTEM_ID       a name for this hypervisor that no other one has and that never changes (required)
# OVN_REMOTE      the Southbound database: tcp or ssl, the virtual address, the port (required)
# ENCAP_IP        this hypervisor's address for tunnels to the others (required)
# SYSTEM_TYPE     the platform's name (ovn-hypervisor)
# SYSTEM_VERSION  the platform's version (1)
# HWADDR          the MAC address of the integration bridge (one that is made from SYSTEM_ID)
# DATAPATH        system: the kernel's; netdev: in userspace, which needs no kernel module (system)
# TLS_KEY, TLS_CERT, TLS_CA  files: this hypervisor's private key and certificate, and the CA's certificate, where OVN_REMOTE begins with ssl
# PROBE_MS        how long the Southbound database may be silent before ovn-controller asks whether it is still there (5000)
set -eu

: "${SYSTEM_ID:?write the name of this hypervisor, such as SYSTEM_ID=hv1}"
: "${OVN_REMOTE:?write the Southbound database, such as OVN_REMOTE=tcp:10.0.0.9:6642}"
: "${ENCAP_IP:?write the address for tunnels, such as ENCAP_IP=10.0.0.31}"
# 02: locally administered, unicast.
digest=$(printf %s "$SYSTEM_ID" | md5sum)
made=$(printf '02%.10s\n' "$digest" | sed 's/../&:/g; s/:$//')

# Who this is. system-id becomes the chassis' name in the Southbound database: ports are bound to it. OVN reads none of the other fields:
# system_type, system_version and the statistics are for controllers and people that look into the switch.
ovs-vsctl --timeout=10 set Open_vSwitch . \
    system_type="${SYSTEM_TYPE:-ovn-hypervisor}" system_version="${SYSTEM_VERSION:-1}" \
    external_ids:system-id="$SYSTEM_ID" other_config:enable-statistics=true
# ovs-ctl sets the first three again whenever it starts Open vSwitch: from its options (--system-id, --system-type, --system-version), else
# from these files. A switch that changed its system-id at a reboot would be another chassis to OVN.
printf '%s\n' "$SYSTEM_ID" > /etc/openvswitch/system-id.conf
printf '%s\n' "${SYSTEM_TYPE:-ovn-hypervisor}" > /etc/openvswitch/system-type.conf
printf '%s\n' "${SYSTEM_VERSION:-1}" > /etc/openvswitch/system-version.conf

# The integration bridge, which all VMs are plugged into. secure: without ovn-controller's flows it forwards nothing. With them it goes on forwarding,
# also while no database is there. bridge-id names the bridge to controllers; a fixed hwaddr keeps its MAC address when ports come and go.
ovs-vsctl --timeout=10 --may-exist add-br br-int \
    -- set Bridge br-int datapath_type="${DATAPATH:-system}" fail_mode=secure \
    external_ids:bridge-id="$SYSTEM_ID-br-int" other_config:hwaddr="${HWADDR:-$made}" other_config:disable-in-band=true

if [ -n "${TLS_KEY-}" ]; then
    ovs-vsctl --timeout=10 set-ssl "$TLS_KEY" "$TLS_CERT" "$TLS_CA"
fi

# Where the database is, and how this chassis is reached by tunnels. ovn-controller acts on changes of these by itself.
ovs-vsctl --timeout=10 set Open_vSwitch . \
    external_ids:ovn-encap-type=geneve external_ids:ovn-encap-ip="$ENCAP_IP" external_ids:ovn-bridge=br-int \
    external_ids:ovn-bridge-datapath-type="${DATAPATH:-system}" \
    external_ids:ovn-remote-probe-interval="${PROBE_MS:-5000}" external_ids:ovn-remote="$OVN_REMOTE"
