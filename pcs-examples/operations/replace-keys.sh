#!/bin/sh
# Replaces keys, certificates and CA files of the databases' servers on this node. The servers run on and read the new files by themselves.
# Run it on one node after the other, that of the active servers last, as root:
#
#   ./replace-keys.sh DIRECTORY
#
# DIRECTORY  the new files, each under the name of the one that it replaces, such as ovnnb-cert.pem; what has no new file stays
# DATABASES  whose files (nb sb)
# RESOURCE   the resource of the databases (ovndb)
# FORCE      1: also where the active server can be reached neither with the files in place nor with the new ones
#
# Everything is checked first: if anything is wrong, nothing is replaced. Run it again where it was interrupted.
#
# A running server of Open vSwitch reads key and certificate together, and only when it finds both changed since the last time; it looks
# for the key first. So both are written anew even if one of them stays the same, and the certificate takes its place before the key.
set -eu
umask 077

new=${1:?write the directory of the new files}
databases=${DATABASES:-nb sb}
resource=${RESOURCE:-ovndb}

fail() {
    echo "$1; nothing is replaced" >&2
    exit 1
}

parameter() { # NAME DEFAULT: as the resource has it; one that it has not is told by 105, or with Pacemaker 2.1.5 by nothing
    code=0
    value=$(crm_resource --resource "$resource" --get-parameter "$1" 2>/dev/null) || code=$?
    case $code in
        0 | 105) echo "${value:-$2}" ;;
        *) fail "Pacemaker does not tell the parameter $1 (exit code $code)" ;;
    esac
}

is_new() { [ -e "$new/${1##*/}" ]; }

coming() { # FILE: what will be in its place
    if is_new "$1"; then echo "$new/${1##*/}"; else echo "$1"; fi
}

public_key() { openssl pkey -in "$1" -passin pass: -pubout 2>/dev/null; }

reach() { # KEY CERTIFICATE CA REMOTE
    ovsdb-client --timeout=5 -p "$1" -c "$2" -C "$3" list-dbs "$4" 2>&1
}

[ -d "$new" ] || fail "$new is no directory"
crm_resource --resource "$resource" --query-xml >/dev/null 2>&1 || fail "Pacemaker here knows no resource $resource"

replaced='' keys='' certificates='' authorities=''
for db in $databases; do
    case $db in nb | sb) ;; *) fail "DATABASES is nb, sb, or both, not $db" ;; esac
    key=$(parameter "ovn_${db}_db_privkey" "/etc/openvswitch/ovn$db-privkey.pem")
    cert=$(parameter "ovn_${db}_db_cert" "/etc/openvswitch/ovn$db-cert.pem")
    ca=$(parameter "ovn_${db}_db_cacert" /etc/openvswitch/cacert.pem)
    files=
    if is_new "$ca"; then files="$ca" authorities="$authorities $ca"; fi
    if is_new "$key" || is_new "$cert"; then
        files="$files $cert $key" certificates="$certificates $cert" keys="$keys $key"
    fi
    for file in $files; do
        # Who keeps it renewed does so behind the link, and would do it in vain from then on.
        [ ! -L "$file" ] || fail "$file is a link to $(readlink -f "$file"): replace that file by whatever keeps it, which the servers read, too; or make $file a file of its own first"
        case " $replaced " in
            *" $file "*) ;;
            *"/${file##*/} "*) fail "two files in place are called ${file##*/}: do one database after the other (DATABASES)" ;;
            *) replaced="$replaced $file" ;;
        esac
    done
    [ -n "$files" ] || continue

    new_key=$(coming "$key") new_cert=$(coming "$cert") new_ca=$(coming "$ca")
    for file in "$new_key" "$new_cert" "$new_ca"; do
        [ -e "$file" ] || fail "$file does not exist"
    done
    of_key=$(public_key "$new_key") || fail "$new_key is no private key that can be read without a password"
    of_cert=$(openssl x509 -in "$new_cert" -noout -pubkey 2>/dev/null) || fail "$new_cert is no certificate in PEM form"
    [ "$of_key" = "$of_cert" ] || fail "$new_key is not the key of $new_cert"
    # A backup is the active server's client, with the same certificate. What the machine trusts besides does not count.
    for purpose in sslserver sslclient; do
        answer=$(SSL_CERT_DIR=/nonexistent openssl verify -purpose $purpose -CAfile "$new_ca" "$new_cert" 2>&1) ||
            fail "$new_cert is not good for $purpose by $new_ca: $answer"
    done

    address=$(parameter master_ip '')
    protocol=$(parameter "${db}_master_protocol" tcp)
    [ -n "$address" ] && [ "$protocol" = ssl ] || continue
    case $address in *:*) address="[$address]" ;; esac
    remote=ssl:$address:$(parameter "${db}_master_port" "$([ "$db" = nb ] && echo 6641 || echo 6642)")
    if answer=$(reach "$new_key" "$new_cert" "$new_ca" "$remote"); then
        continue
    fi
    if reach "$key" "$cert" "$ca" "$remote" >/dev/null; then
        fail "the files in place reach the active server at $remote, the new ones would not: $answer"
    fi
    [ "${FORCE:-0}" = 1 ] ||
        fail "neither the files in place nor the new ones reach the active server at $remote: $answer; try again when it can be reached, or set FORCE=1 if it cannot because of its own files"
done
[ -n "$replaced" ] || fail "$new has no file for $resource"

trap 'for file in $replaced; do rm -f "$file.new"; done' EXIT
trap 'exit 1' HUP INT TERM
for file in $replaced; do
    cp "$(coming "$file")" "$file.new"
    if [ -e "$file" ]; then
        chown --reference="$file" "$file.new"
        chmod --reference="$file" "$file.new"
    fi
    sync "$file.new"
done
# From here on it goes to its end. All keys come last, so that one key of several certificates is not taken for read before the last of them is there.
trap '' HUP INT TERM
for file in $authorities $certificates $keys; do
    [ -e "$file.new" ] || continue
    mv -f "$file.new" "$file"
    echo "$file is replaced"
done
