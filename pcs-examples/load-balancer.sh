#!/bin/sh
# OVN's databases behind an external load balancer: no virtual IP address in the cluster. Only the active servers listen, on all
# addresses, so the load balancer's port check finds the node that is active. Backups replicate through the load balancer too.
#
#   LB_ADDRESS=10.0.0.9 ./load-balancer.sh
#
# LB_ADDRESS  the load balancer's address, at which it forwards ports 6641 and 6642 to the node where they are open (required)
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
set -eu

: "${LB_ADDRESS:?write the address of the load balancer, such as LB_ADDRESS=10.0.0.9}"

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

# Put together in a file, so that it takes effect at once: between the two commands it would be a resource that cannot be promoted.
cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$LB_ADDRESS" listen_on_master_ip_only=no manage_northd="${NORTHD:-yes}" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1

pcs cluster cib-push "$cib" diff-against="$cib.original"
