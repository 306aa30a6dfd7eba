#!/bin/sh
# Starts a relay of the Southbound database: a server without a file of its own that has one connection to the virtual address, and serves as many
# hypervisors as it likes. Reads and monitors are its work then; writes it passes on. Run it as root on a machine outside of the cluster, and let the
# hypervisors' OVN_REMOTE name the relays, with commas between: tcp:10.0.0.21:6642,tcp:10.0.0.22:6642. Needs Open vSwitch 2.16 or newer.
#
#   SOUTHBOUND=tcp:10.0.0.9:6642 ./start-relay.sh
#
# SOUTHBOUND  the Southbound database: tcp or ssl, the virtual address, the port (required)
# LISTEN      where hypervisors connect to (ptcp:6642:0.0.0.0)
# TLS_KEY, TLS_CERT, TLS_CA  files: this machine's private key and certificate, and the CA's certificate, where one of both begins with ssl or pssl
set -eu

: "${SOUTHBOUND:?write the Southbound database, such as SOUTHBOUND=tcp:10.0.0.9:6642}"

mkdir -p /run/ovn /var/log/ovn
# It knows nothing of a failover, and needs not: it connects to the same address until an active server answers there.
set -- --detach --monitor --no-chdir --pidfile=/run/ovn/ovnsb-relay.pid --unixctl=/run/ovn/ovnsb-relay.ctl \
    --log-file=/var/log/ovn/ovsdb-server-sb-relay.log --remote="${LISTEN:-ptcp:6642:0.0.0.0}"
if [ -n "${TLS_KEY-}" ]; then
    set -- "$@" --private-key="$TLS_KEY" --certificate="$TLS_CERT" --ca-cert="$TLS_CA"
fi
ovsdb-server "$@" "relay:OVN_Southbound:$SOUTHBOUND"
