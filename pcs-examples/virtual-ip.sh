#!/bin/sh
# OVN's databases behind a virtual IP address: the usual shape. Run it once, on any node of a running cluster, as root.
#
#   VIP=10.0.0.9 ./virtual-ip.sh [PARAMETER=VALUE...]
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (24)
# VIP_NIC     its interface, where that does not follow from the nodes' networks: an address outside them, with a route of its own
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
# Further parameters of the agent ('pcs resource describe ocf:ovn:ovndb-servers' tells them all) go on the command line.
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

# All of it is put together in a file and takes effect at once: the cluster never sees half of it.
cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

# One promotable clone: an instance on every node, one of them promoted. notify=true is how backups learn whom to follow.
# failure-timeout lets a failure that was recovered from disappear by itself.
pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" "$@" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1

pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" ${VIP_NIC:+nic="$VIP_NIC"} \
    op monitor interval=10s timeout=20s

# The databases decide where the address is: it follows the promoted instance, and comes up only after the promotion, so that no
# backup can find a server behind it that is not active yet.
pcs -f "$cib" constraint colocation add ovn-vip with "$promoted" ovndb-clone score=INFINITY
pcs -f "$cib" constraint order promote ovndb-clone then start ovn-vip

pcs cluster cib-push "$cib" diff-against="$cib.original"
