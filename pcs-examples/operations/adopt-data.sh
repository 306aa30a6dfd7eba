#!/bin/sh
# Prepares a node for the cluster: what served OVN's databases until now stops, and what it left is put in order. Run it on every node
# before the resource is created (virtual-ip.sh and the like), as root:
#
#   ./adopt-data.sh --keep     on the one node whose databases are to be the cluster's: they stay; files of a RAFT cluster are converted
#   ./adopt-data.sh --aside    on every other node: its databases are set aside, and fetched anew later
#
# DBDIR   the directory of the database files (/var/lib/ovn)
# OVNCTL  ovn-ctl (/usr/share/ovn/scripts/ovn-ctl)
#
# No file is deleted: what was set aside or converted is beside it, as ….before-cluster-TIME. A standalone file of --keep is used as it is, and
# has no copy. Clients have no databases from the first node on until the
# resource is promoted.
set -eu

case ${1-} in
    --keep | --aside) ;;
    *) echo "write --keep on the node whose databases count, --aside on every other one" >&2; exit 1 ;;
esac
dbdir=${DBDIR:-/var/lib/ovn}
ovnctl=${OVNCTL:-/usr/share/ovn/scripts/ovn-ctl}
former=before-cluster-$(date -u +%Y%m%dT%H%M%SZ)

# Pacemaker starts OVN's daemons from now on.
if [ -d /run/systemd/system ]; then
    for unit in ovn-central ovn-northd ovn-ovsdb-server-nb ovn-ovsdb-server-sb; do
        if systemctl cat "$unit" >/dev/null 2>&1; then systemctl disable --now "$unit"; fi
    done
fi
"$ovnctl" stop_northd >/dev/null 2>&1 || true
"$ovnctl" stop_ovsdb >/dev/null 2>&1 || true
for name in nb sb; do
    if ovs-appctl --timeout=5 -t "/var/run/ovn/ovn${name}_db.ctl" version >/dev/null 2>&1; then
        echo "the server of ovn${name}_db still runs: stop it first" >&2
        exit 1
    fi
done

for name in nb sb; do
    file=$dbdir/ovn${name}_db.db
    [ -e "$file" ] || continue
    if [ "$1" = --aside ]; then
        mv -n "$file" "$file.$former"
        echo "$file is set aside"
    elif ovsdb-tool db-is-clustered "$file" 2>/dev/null; then
        rm -f "$file.standalone"
        ovsdb-tool cluster-to-standalone "$file.standalone" "$file"
        sync "$file.standalone"
        # The name always has a whole file behind it, whatever happens here.
        [ -e "$file.$former" ] || ln "$file" "$file.$former"
        mv -f "$file.standalone" "$file"
        sync "$dbdir"
        echo "$file is no RAFT file any more"
    else
        ovsdb-tool db-version "$file" >/dev/null
        echo "$file stays as it is"
    fi
done

# It would have ovn-northd look for the members of the RAFT cluster.
params=/etc/ovn/ovn-northd-db-params.conf
if [ -e "$params" ]; then
    mv -n "$params" "$params.$former"
    echo "$params is set aside"
fi
