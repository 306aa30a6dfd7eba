#!/bin/sh
# The constraints of OVN's original guide, in today's syntax: the address is placed first, and the promotion goes where it is.
# It works; virtual-ip.sh is the safer form, because here the cluster places the address without regard to who may be promoted.
#
#   VIP=10.0.0.9 ./address-first.sh
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (24)
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

pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \
    op monitor interval=10s timeout=20s

pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1

pcs -f "$cib" constraint order start ovn-vip then promote ovndb-clone
pcs -f "$cib" constraint colocation add "$promoted" ovndb-clone with ovn-vip score=INFINITY

pcs cluster cib-push "$cib" diff-against="$cib.original"
