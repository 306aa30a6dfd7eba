#!/bin/sh
# OVN's databases over TLS, behind a virtual IP address. Before running it, put on every node, under $TLS_DIR:
#   ovnnb-privkey.pem, ovnnb-cert.pem   key and certificate of the Northbound server
#   ovnsb-privkey.pem, ovnsb-cert.pem   key and certificate of the Southbound server
#   cacert.pem                          the CA certificate that signed them, and those of the clients and of the other nodes
# Servers and clients check each other's certificate against that CA. operations/replace-keys.sh replaces them later.
#
#   VIP=10.0.0.9 ./tls.sh
#
# VIP         virtual address of the active servers, in the nodes' network (required)
# VIP_PREFIX  its prefix length (24)
# TLS_DIR     where the files are (/etc/openvswitch)
# NORTHD      whether the agent runs ovn-northd beside the active servers (yes)
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"
tls=${TLS_DIR:-/etc/openvswitch}

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"

pcs -f "$cib" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" \
    nb_master_protocol=ssl sb_master_protocol=ssl \
    ovn_nb_db_privkey="$tls/ovnnb-privkey.pem" ovn_nb_db_cert="$tls/ovnnb-cert.pem" ovn_nb_db_cacert="$tls/cacert.pem" \
    ovn_sb_db_privkey="$tls/ovnsb-privkey.pem" ovn_sb_db_cert="$tls/ovnsb-cert.pem" ovn_sb_db_cacert="$tls/cacert.pem" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta failure-timeout=30s
pcs -f "$cib" resource promotable ovndb meta notify=true promoted-max=1 promoted-node-max=1

pcs -f "$cib" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \
    op monitor interval=10s timeout=20s

pcs -f "$cib" constraint colocation add ovn-vip with "$promoted" ovndb-clone score=INFINITY
pcs -f "$cib" constraint order promote ovndb-clone then start ovn-vip

pcs cluster cib-push "$cib" diff-against="$cib.original"
