#!/bin/sh
# Starts a relay of the Southbound database: a server without a file of its own that has one connection to the virtual address, and serves as many
# hypervisors as it likes. Reads and monitors are its work then; writes it passes on. Run it as root on a machine outside of the cluster, and let the
# hypervisors' OVN_REMOTE name the relays, with commas between: tcp:10.0.0.21:6642,tcp:10.0.0.22:6642. Needs Open vSwitch 2.16 or newer.
#
#   SOUTHBOUND=tcp:10.0.0.9:6642 ./start-relay.sh
#   SOUTHBOUND=ssl:10.0.0.9:6642 TLS_KEY=relay-privkey.pem TLS_CERT=relay-cert.pem TLS_CA=cacert.pem ./start-relay.sh
#
# ovn-sbctl reads from a relay with --no-leader-only. To end it: ovs-appctl -t /run/ovn/ovnsb-relay.ctl exit
#
# SOUTHBOUND  the Southbound database: tcp or ssl, the virtual address, the port (required)
# LISTEN      where hypervisors connect to (pssl:6642:0.0.0.0 where SOUTHBOUND begins with ssl, else ptcp:6642:0.0.0.0)
# TLS_KEY, TLS_CERT, TLS_CA  files: this machine's private key and certificate, and the CA's certificate, where one of both begins with ssl or pssl.
#             The certificate has to be good for a client and for a server. The relay reads new files by itself.
set -eu

fail() {
    echo "$1" >&2
    exit 1
}

: "${SOUTHBOUND:?write the Southbound database, such as SOUTHBOUND=tcp:10.0.0.9:6642}"
case $SOUTHBOUND in
    # Whoever wants TLS on one side has it on the other one, too, unless LISTEN says otherwise.
    ssl:*) listen=${LISTEN:-pssl:6642:0.0.0.0} ;;
    tcp:*) listen=${LISTEN:-ptcp:6642:0.0.0.0} ;;
    *) fail "SOUTHBOUND begins with tcp: or ssl:, not as in $SOUTHBOUND; nothing is started" ;;
esac
case $listen in
    ptcp:* | pssl:*) ;;
    *) fail "LISTEN begins with ptcp: or pssl:, not as in $listen; nothing is started" ;;
esac

# ovsdb-server would only write into its log that it has no certificate, and run without.
case $SOUTHBOUND,$listen in
    *ssl:*)
        for name in TLS_KEY TLS_CERT TLS_CA; do
            eval "file=\${$name-}"
            [ -n "$file" ] || fail "$name is missing: SOUTHBOUND=$SOUTHBOUND and LISTEN=$listen need TLS_KEY, TLS_CERT and TLS_CA; nothing is started"
            { [ -f "$file" ] && [ -r "$file" ]; } || fail "$name=$file is no file that can be read; nothing is started"
        done
        # --no-chdir keeps relative names good.
        set -- --private-key="$TLS_KEY" --certificate="$TLS_CERT" --ca-cert="$TLS_CA"
        ;;
    *)
        [ -z "${TLS_KEY-}${TLS_CERT-}${TLS_CA-}" ] || fail "TLS files are given, but neither SOUTHBOUND=$SOUTHBOUND nor LISTEN=$listen uses TLS; nothing is started"
        set --
        ;;
esac

log=/var/log/ovn/ovsdb-server-sb-relay.log
mkdir -p /run/ovn /var/log/ovn
# It knows nothing of a failover, and needs not: it connects to the same address until an active server answers there.
said=$(ovsdb-server --detach --monitor --no-chdir --pidfile=/run/ovn/ovnsb-relay.pid --unixctl=/run/ovn/ovnsb-relay.ctl \
    --log-file="$log" --remote="$listen" --remote=punix:/run/ovn/ovnsb-relay.sock "$@" "relay:OVN_Southbound:$SOUTHBOUND" 2>&1) || fail "$said"
# It would run on without its port, or with a key that is not the certificate's.
case $said in
    *'|ERR|'*)
        ovs-appctl --timeout=10 --target=/run/ovn/ovnsb-relay.ctl exit
        fail "$said"
        ;;
esac

# A wrong address, port or CA shows only now. It may as well be a failover: the relay goes on trying.
ovsdb-client --timeout=10 wait unix:/run/ovn/ovnsb-relay.sock OVN_Southbound connected 2>/dev/null ||
    fail "the relay runs, but has no connection to $SOUTHBOUND yet; it goes on trying. From $log:
$(grep -F -e '|reconnect|' -e '|stream_ssl|' "$log" | tail -n 5)"
