#!/bin/sh
# OVN's databases in containers that Pacemaker manages (a bundle), behind a virtual IP address. It changes nothing in the cluster: the
# configuration is put together in a file, verified, and left for you to look at and push.
#
#   VIP=10.0.0.9 IMAGE=registry.example/ovn:1 ./bundle.sh
#
# VIP           virtual address of the active servers, in the nodes' network (required)
# IMAGE         image with OVN's central components, pacemaker-remote, resource-agents and this agent (required); on every node
# VIP_PREFIX    the address's prefix length (24)
# CONTAINER     podman or docker (podman)
# REPLICAS      containers, at most one a node (3)
# CONTROL_PORT  TCP port at which Pacemaker reaches the containers, free on all nodes (3125)
# NORTHD        whether the agent runs ovn-northd beside the active servers (yes)
# OUTPUT        the file to write (ovn-bundle.xml)
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"
: "${IMAGE:?write the container image, such as IMAGE=registry.example/ovn:1}"
output=${OUTPUT:-ovn-bundle.xml}

# Debian 11's pcs and Pacemaker know the roles by their former names alone.
promoted=Promoted unpromoted=Unpromoted
case $(pcs --version) in 0.10.*) promoted=Master unpromoted=Slave ;; esac

pcs cluster cib > "$output"
cp "$output" "$output.original"

# The containers share the nodes' network, where the address is. The databases live on the nodes' disks, so that a new container finds them.
pcs -f "$output" resource bundle create ovn-dbs \
    container "${CONTAINER:-podman}" image="$IMAGE" replicas="${REPLICAS:-3}" promoted-max=1 network=host \
        run-command=/usr/sbin/pacemaker-remoted \
    network control-port="${CONTROL_PORT:-3125}" \
    storage-map id=ovn-dbs-lib source-dir=/var/lib/ovn target-dir=/var/lib/ovn options=rw \
    storage-map id=ovn-dbs-etc source-dir=/etc/ovn target-dir=/etc/ovn options=rw \
    storage-map id=ovn-dbs-log source-dir=/var/log/ovn target-dir=/var/log/ovn options=rw

# container-attribute-target=host keeps the promotion scores at the nodes: a container that moves or is made anew does not take along
# the score of a copy that lies on another node's disk.
pcs -f "$output" resource create ovndb ocf:ovn:ovndb-servers \
    master_ip="$VIP" manage_northd="${NORTHD:-yes}" \
    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
    op monitor interval=1s timeout=20s role="$promoted" \
    op monitor interval=3s timeout=20s role="$unpromoted" \
    meta container-attribute-target=host notify=true failure-timeout=30s \
    bundle ovn-dbs

pcs -f "$output" resource create ovn-vip ocf:heartbeat:IPaddr2 ip="$VIP" cidr_netmask="${VIP_PREFIX:-24}" \
    op monitor interval=10s timeout=20s

pcs -f "$output" constraint colocation add ovn-vip with "$promoted" ovn-dbs score=INFINITY
pcs -f "$output" constraint order promote ovn-dbs then start ovn-vip

crm_verify --verbose --xml-file="$output"
echo "The configuration is in $output. To put it to use: pcs cluster cib-push $output diff-against=$output.original"
