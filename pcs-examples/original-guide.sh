#!/bin/sh
# The commands of OVN's original guide, for those who have them in their notes. virtual-ip.sh is the form for today.
#
#   VIP=10.0.0.9 ./original-guide.sh
#
# VIP      virtual address of the active servers, in the nodes' network (required)
# OVN_CTL  path of ovn-ctl; the guide names the one below, from before OVN was a project of its own, and the agent finds the other
#
# pcs 0.11 (Debian 12) is the last that takes them. Even there 'pcs resource master ovndb_servers-master ovndb_servers' is gone, and
# 'promotable' stands in for it; the role name Master is taken with a warning. From pcs 0.12 on it is an error.
#
# What one would not do so now: the commands take effect one after the other, and until 'promotable' there is one instance on one
# node that nobody promotes. The address is placed first, without regard to who may be promoted, and all instances are stopped
# whenever it moves. The promoted instance is looked at every 15 s only.
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"

pcs resource create ovndb_servers ocf:ovn:ovndb-servers \
    master_ip="$VIP" \
    ovn_ctl="${OVN_CTL:-/usr/share/openvswitch/scripts/ovn-ctl}" \
    op monitor interval="10s" \
    op monitor role=Master interval="15s"
pcs resource promotable ovndb_servers ovndb_servers-master \
    meta notify="true"

pcs resource create VirtualIP ocf:heartbeat:IPaddr2 ip="$VIP" \
    op monitor interval=30s
pcs constraint order VirtualIP then ovndb_servers-master
pcs constraint colocation add master ovndb_servers-master with VirtualIP \
    score=INFINITY
