#!/bin/sh
# Puts a backup of one database in place of what the active server has. Run it on the node where the databases are active, with the backup
# copied there, as root:
#
#   ./restore.sh BACKUP
#
# RUNDIR   the directory of the servers' sockets (/var/run/ovn)
# SCHEMAS  the directory of OVN's schemas (/usr/share/ovn)
#
# The cluster goes on meanwhile: all rows are replaced in one transaction, backups get them at once, and the agent marks the data
# anew at its next monitor. What was there before is saved beside the backup first. A backup with an older schema is converted on the way.
# All rows get new UUIDs: whoever keeps UUIDs loses them, and ovndbctl compares files from before in vain. `ovndbctl restore` keeps them.
# If this node is lost before that monitor, start it again and promote it by `ovndbctl failover --accept-loss NODE`: no copy counts until then,
# where the backup is of an earlier promotion.
# Restore the Northbound database alone if you can: ovn-northd and the chassis write the Southbound one from it.
set -eu

backup=${1:?write the file of the backup}
rundir=${RUNDIR:-/var/run/ovn}
umask 077

database=$(ovsdb-tool db-name "$backup")
case $database in
    OVN_Northbound) short=nb ;;
    OVN_Southbound) short=sb ;;
    *) echo "$backup holds $database, which is none of OVN's databases" >&2; exit 1 ;;
esac
server=unix:$rundir/ovn${short}_db.sock

state=$(ovs-appctl --timeout=10 -t "$rundir/ovn${short}_db.ctl" ovsdb-server/sync-status)
case $state in
    *"state: active"*) ;;
    *) echo "$database is not active here, and a backup would lose what is restored: run this on the promoted node (crm_mon)" >&2; exit 1 ;;
esac

wanted=$(ovsdb-client --timeout=10 get-schema-version "$server" "$database")
version=$(ovsdb-tool db-version "$backup")
source=$backup
converted=
part=
trap 'rm -f "$converted" "$part"' EXIT
if [ "$version" != "$wanted" ]; then
    schema=${SCHEMAS:-/usr/share/ovn}/ovn-$short.ovsschema
    if [ "$(ovsdb-tool schema-version "$schema")" != "$wanted" ]; then
        echo "$backup has schema $version, the server $wanted, and $schema another one: upgrade OVN on this node first" >&2
        exit 1
    fi
    converted=$(mktemp)
    rm -f "$converted"
    ovsdb-tool convert "$backup" "$schema" "$converted"
    source=$converted
    echo "converted from schema $version to $wanted"
fi

# Under its name only once it is whole and on the disk: it is the way back.
part=$(mktemp "$backup.part-XXXXXX")
ovsdb-client --timeout=300 backup "$server" "$database" > "$part"
# All rows are in one record, the last one. Where a full disk cut it off, the file reads as an empty database.
case $short in nb) global=NB_Global ;; *) global=SB_Global ;; esac
rows=$(ovsdb-tool query "$part" "[\"$database\",{\"op\":\"select\",\"table\":\"$global\",\"where\":[],\"columns\":[\"_uuid\"]}]")
case $rows in
    *'"_uuid"'*) ;;
    *) echo "what is there cannot be saved: its copy has no row in $global, so it is not whole (df $(dirname "$backup")); nothing was restored" >&2; exit 1 ;;
esac
sync "$part"
# Not over what an earlier run saved, which may have been in the same second.
while before="$backup.before-$(date -u +%Y%m%dT%H%M%SZ)"; [ -e "$before" ]; do sleep 1; done
ln "$part" "$before"
rm -f "$part"
sync "$(dirname "$before")"
echo "what was there until now: $before"
ovsdb-client --timeout=300 restore "$server" "$database" < "$source"
echo "$database is as it was in $backup"
