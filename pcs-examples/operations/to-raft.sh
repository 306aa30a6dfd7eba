#!/bin/sh
# Makes this node a member of a RAFT cluster of OVN's databases. Run it when the resources are deleted from Pacemaker, as root; ADDRESS is
# the node's own:
#
#   ./to-raft.sh --first ADDRESS         on the node whose databases are to be the cluster's: that was promoted last
#   ./to-raft.sh --join ADDRESS FIRST    on every other node, which fetches everything; FIRST is the address of the first member
#
# RESOURCE  what was the resource of the databases (ovndb)
# PROTOCOL  between members: tcp or ssl (tcp)
# DBDIR     the directory of the database files (/var/lib/ovn)
# OVNCTL    ovn-ctl (/usr/share/ovn/scripts/ovn-ctl)
#
# Run again after an interruption, it goes on where it was. ovn-ctl alone would not: it removes a file before it makes the first member's
# of it, and makes an empty one where there is none. No file is deleted: the former ones are beside, as ….before-raft-TIME, or of joining
# nodes as ….backupVERSION-….
set -eu

usage() {
    echo "write --first ADDRESS on the node whose databases count, --join ADDRESS FIRST on every other one" >&2
    exit 1
}

case ${1-}:$# in
    --first:2 | --join:3) ;;
    *) usage ;;
esac
dbdir=${DBDIR:-/var/lib/ovn}
ovnctl=${OVNCTL:-/usr/share/ovn/scripts/ovn-ctl}
protocol=${PROTOCOL:-tcp}
former=before-raft-$(date -u +%Y%m%dT%H%M%SZ)

# IPv6 addresses are in brackets there.
bracketed() {
    case $1 in
        *:*) echo "[${1#[}" | sed 's/\]*$/]/' ;;
        *) echo "$1" ;;
    esac
}
own=$(bracketed "$2")
first=${3:+$(bracketed "$3")}

if crm_resource --resource "${RESOURCE:-ovndb}" --query-xml >/dev/null 2>&1; then
    echo "Pacemaker still has the resource ${RESOURCE:-ovndb}, and stops what it finds running at its next look: delete it first (pcs resource delete)" >&2
    exit 1
fi

for name in nb sb; do
    file=$dbdir/ovn${name}_db.db
    if ovsdb-tool db-is-clustered "$file" 2>/dev/null; then
        echo "$file is a RAFT member's already"
        continue
    fi
    if ovs-appctl --timeout=5 -t "/var/run/ovn/ovn${name}_db.ctl" version >/dev/null 2>&1; then
        echo "the server of ovn${name}_db still runs: stop it first" >&2
        exit 1
    fi
    [ "$1" = --first ] || continue
    if [ ! -e "$file" ]; then
        echo "$file is missing: put the file back that has the data; without it this would be an empty cluster" >&2
        exit 1
    fi
    case $name in nb) port=6643 ;; sb) port=6644 ;; esac
    rm -f "$file.raft"
    ovsdb-tool create-cluster "$file.raft" "$file" "$protocol:$own:$port"
    sync "$file.raft"
    # The name always has a whole file behind it, whatever happens here.
    [ -e "$file.$former" ] || ln "$file" "$file.$former"
    mv -f "$file.raft" "$file"
    sync "$dbdir"
    echo "$file is the first member's; what it was before is $file.$former"
done

set -- --db-nb-cluster-local-addr="$own" --db-sb-cluster-local-addr="$own" \
    --db-nb-cluster-local-proto="$protocol" --db-sb-cluster-local-proto="$protocol"
if [ -n "$first" ]; then
    set -- "$@" --db-nb-cluster-remote-addr="$first" --db-sb-cluster-remote-addr="$first" \
        --db-nb-cluster-remote-proto="$protocol" --db-sb-cluster-remote-proto="$protocol"
fi
echo "ovn-ctl $* start_ovsdb"
exec "$ovnctl" "$@" start_ovsdb
