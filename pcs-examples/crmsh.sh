#!/bin/sh
# virtual-ip.sh for those who use crmsh: OVN's databases behind a virtual IP address. Run it once, on any node of a running cluster, as root.
#
#   VIP=10.0.0.9 ./crmsh.sh
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (24)
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"

# One commit at the end: the cluster never sees half of it. What each line is for is written in virtual-ip.sh.
crm -w configure <<CONFIGURATION
primitive ovndb ocf:ovn:ovndb-servers \\
    params master_ip="$VIP" manage_northd="${NORTHD:-yes}" \\
    op start timeout=30s interval=0 \\
    op stop timeout=20s interval=0 \\
    op promote timeout=50s interval=0 \\
    op demote timeout=50s interval=0 \\
    op notify timeout=20s interval=0 \\
    op monitor interval=1s timeout=20s role=Promoted \\
    op monitor interval=3s timeout=20s role=Unpromoted \\
    meta failure-timeout=30s
clone ovndb-clone ovndb \\
    meta promotable=true notify=true promoted-max=1 promoted-node-max=1
primitive ovn-vip ocf:heartbeat:IPaddr2 \\
    params ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \\
    op monitor interval=10s timeout=20s
colocation ovn-vip-beside-promoted inf: ovn-vip ovndb-clone:Promoted
order ovn-vip-after-promotion Mandatory: ovndb-clone:promote ovn-vip:start
commit
CONFIGURATION
