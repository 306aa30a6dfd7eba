#!/bin/sh
# OVN's databases behind a virtual IPv6 address.
#
#   VIP=2001:db8::9 ./ipv6.sh
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (64)
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
set -eu

: "${VIP:?write the virtual IPv6 address, such as VIP=2001:db8::9}"

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

# Without brackets; the agent adds them where Open vSwitch wants them.
pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1

pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-64}" \
    op monitor interval=10s timeout=20s

pcs -f "$cib" constraint colocation add ovn-vip with "$promoted" ovndb-clone score=INFINITY
pcs -f "$cib" constraint order promote ovndb-clone then start ovn-vip

pcs cluster cib-push "$cib" diff-against="$cib.original"
