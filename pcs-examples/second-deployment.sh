#!/bin/sh
# A second pair of OVN's databases in a cluster that has one already (virtual-ip.sh), on the same nodes, such as for a second availability zone.
#
#   VIP=10.0.0.19 ./second-deployment.sh [PARAMETER=VALUE...]
#
# VIP         virtual address of the second active servers, in the nodes' network, not that of the first ones (required)
# VIP_PREFIX  its prefix length (24)
# NAME        name of the second resource (ovndb2)
# TOP         directory below which its files are, on each node, for run-time files too (/var/lib/NAME)
# NB_PORT, SB_PORT  its ports (6651, 6652)
# NORTHD      whether the agent runs an ovn-northd for it beside its active servers (yes)
# Further parameters of the agent go on the command line.
#
# Everything that the servers of the first resource use has to be different: the directories of sockets, databases and configuration, and the ports. The agent refuses to start a resource that shares
# any of them with another one, and never touches another one's servers.
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.19}"
name=${NAME:-ovndb2}
top=${TOP:-/var/lib/$name}

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

pcs -f "$cib" resource create "$name" ocf:ovn:ovndb-servers \
    master_ip="$VIP" nb_master_port="${NB_PORT:-6651}" sb_master_port="${SB_PORT:-6652}" manage_northd="${NORTHD:-yes}" \
    ovn_rundir="$top/run" ovn_dbdir="$top/db" ovn_logdir="$top/log" ovn_sysconfdir="$top/etc" "$@" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable "$name" meta notify=true promoted-max=1 promoted-node-max=1

pcs -f "$cib" resource create "$name-vip" ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \
    op monitor interval=10s timeout=20s
pcs -f "$cib" constraint colocation add "$name-vip" with "$promoted" "$name-clone" score=INFINITY
pcs -f "$cib" constraint order promote "$name-clone" then start "$name-vip"

pcs cluster cib-push "$cib" diff-against="$cib.original"
