#!/bin/sh
# OVN's databases on a cluster of two nodes, on other ports than the usual ones. Corosync must know that there are two (two_node: 1 in
# its quorum section), or the survivor of a failure has no quorum and runs nothing. With two nodes, fencing is what keeps them from both
# being active when only the network between them fails: configure it (pcs stonith) before you put this to use.
#
#   VIP=10.0.0.9 ./two-nodes.sh
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (24)
# NB_PORT     port of the Northbound database (16641)
# SB_PORT     port of the Southbound database (16642)
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" \
    nb_master_port="${NB_PORT:-16641}" sb_master_port="${SB_PORT:-16642}" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1 clone-max=2

pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \
    op monitor interval=10s timeout=20s

pcs -f "$cib" constraint colocation add ovn-vip with "$promoted" ovndb-clone score=INFINITY
pcs -f "$cib" constraint order promote ovndb-clone then start ovn-vip

pcs cluster cib-push "$cib" diff-against="$cib.original"
