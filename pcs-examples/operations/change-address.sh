#!/bin/sh
# Moves OVN's databases to another virtual IP address. Run it once, on any node, as root; clients need the new address at the same time.
#
#   NEW=10.0.0.19 ./change-address.sh
#
# NEW       the new address (required)
# RESOURCE  the resource of the databases (ovndb)
# ADDRESS   the resource of the address (ovn-vip)
#
# Both resources change in one step, so the cluster never sees an address and servers that do not belong together.
set -eu

: "${NEW:?write the new virtual IP address, such as NEW=10.0.0.19}"

cib=$(mktemp)
trap 'rm -f "$cib" "$cib.original"' EXIT
pcs cluster cib "$cib"
cp "$cib" "$cib.original"
pcs -f "$cib" resource update "${ADDRESS:-ovn-vip}" ip="$NEW"
pcs -f "$cib" resource update "${RESOURCE:-ovndb}" master_ip="$NEW"
pcs cluster cib-push "$cib" diff-against="$cib.original"
