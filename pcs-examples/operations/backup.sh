#!/bin/sh
# Backs both databases up from the active servers, while they are in use. Run it on any node, or on any machine with ovsdb-client that
# reaches the address, such as from cron:
#
#   VIP=10.0.0.9 ./backup.sh DIRECTORY
#
# VIP    the address that clients use (required)
# NB     the Northbound database, where it is not tcp:$VIP:6641, such as ssl:10.0.0.9:6641
# SB     the Southbound database, where it is not tcp:$VIP:6642
# TLS    options for ovsdb-client, with spaces between them: "-p KEY -c CERTIFICATE -C CA"
#
# Each backup is a database file of its own, named by database and time (UTC), and complete or not there: it appears under its name only
# after its rows could be read back, and over nothing else. Nobody removes old ones.
set -eu

: "${VIP:?write the virtual IP address, such as VIP=10.0.0.9}"
directory=${1:?write the directory for the backups}
[ -d "$directory" ] || { echo "$directory is no directory: create it first, for root alone" >&2; exit 1; }
umask 077

part=
trap 'rm -f "$part"' EXIT
now=$(date -u +%Y%m%dT%H%M%SZ)
for pair in "OVN_Northbound ${NB:-tcp:$VIP:6641}" "OVN_Southbound ${SB:-tcp:$VIP:6642}"; do
    database=${pair%% *}
    file="$directory/$database-$now.db"
    # Another node may write into the same directory in the same second.
    part=$(mktemp "$file.part-XXXXXX")
    # shellcheck disable=SC2086 # TLS is a list of options.
    ovsdb-client --timeout=300 ${TLS-} backup "${pair#* }" "$database" > "$part"
    version=$(ovsdb-tool db-version "$part")
    # All rows are in one record, the last one. Where a full disk cut it off, the file reads as an empty database.
    case $database in OVN_Northbound) global=NB_Global ;; *) global=SB_Global ;; esac
    rows=$(ovsdb-tool query "$part" "[\"$database\",{\"op\":\"select\",\"table\":\"$global\",\"where\":[],\"columns\":[\"_uuid\"]}]")
    case $rows in
        *'"_uuid"'*) ;;
        *) echo "the copy of $database has no row in $global, so it is not whole, or nobody has used the database: see df $directory" >&2; exit 1 ;;
    esac
    sync "$part"
    ln "$part" "$file"
    rm -f "$part"
    sync "$directory"
    echo "$file (schema $version)"
done
