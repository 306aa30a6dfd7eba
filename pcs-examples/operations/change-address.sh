#!/bin/sh
# Moves OVN's databases to another virtual IP address. Run it once, on any node, as root; clients need the new address at the same time.
#
#   NEW=10.0.0.19 ./change-address.sh
#
# NEW       the new address (required)
# PREFIX    its prefix length, where that is another one; required from IPv4 to IPv6 and back
# NIC       its interface, where that is named and is another one
# RESOURCE  the resource of the databases (ovndb)
# ADDRESS   the resource of the address (ovn-vip)
#
# Both resources change in one step, so the cluster never sees an address and servers that do not belong together.
set -eu

: "${NEW:?write the new virtual IP address, such as NEW=10.0.0.19}"

address=${ADDRESS:-ovn-vip}
family() {
    case $1 in
        *:*) echo IPv6 ;;
        *) echo IPv4 ;;
    esac
}
former=$(crm_resource --resource "$address" --get-parameter ip)
# 1 is for what is no address, 2 for one that no route leads to.
code=0
ip route get "$NEW" >/dev/null 2>&1 || code=$?
if [ "$code" -eq 1 ]; then
    echo "$NEW is no IP address: nothing is changed" >&2
    exit 1
fi
if [ "$NEW" != "$former" ] && ping -c 1 -W 2 "$NEW" >/dev/null 2>&1; then
    echo "$NEW is somebody's already, as it answers: nothing is changed" >&2
    exit 1
fi
if [ -z "${PREFIX:-}" ] && [ "$(family "$former")" != "$(family "$NEW")" ]; then
    echo "$NEW is $(family "$NEW"), and $former was $(family "$former"): its prefix length has to be given (PREFIX=64)" >&2
    exit 1
fi

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"
pcs -f "$cib" resource update "$address" ip="$NEW" ${PREFIX:+cidr_netmask="$PREFIX"} ${NIC:+nic="$NIC"}
pcs -f "$cib" resource update "${RESOURCE:-ovndb}" master_ip="$NEW"
pcs cluster cib-push "$cib" diff-against="$cib.original"
