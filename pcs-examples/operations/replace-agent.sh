#!/bin/sh
# Replaces the agent on this node by another one, while its instance runs: this agent by OVN's shell agent or the other way round, or by
# another version of itself. Run it on one node after the other, the promoted one last, as root:
#
#   ./replace-agent.sh FILE
#
# AGENT  where Pacemaker looks for the agent (/usr/lib/ocf/resource.d/ovn/ovndb-servers)
#
# The new file takes the name in one step: a monitor finds the one or the other, never nothing. The former one stays beside it, as
# ….former, to go back with; run again with the same file, such as after an interruption, it changes nothing.
set -eu

file=${1:?write the file of the agent to install}
agent=${AGENT:-/usr/lib/ocf/resource.d/ovn/ovndb-servers}

# Whatever it is, it has to be an OCF agent of these databases. Copies, not links: Debian's package of OVN leaves a link at this place
# that leads nowhere.
refuse() {
    rm -f "$agent.new"
    echo "$file is no agent of OVN's databases" >&2
    exit 1
}
# It is run as root, so it has at least to be a program.
case $(head -c 4 "$file" | tr -d '\0\n') in
    '#!'* | *ELF) ;;
    *) refuse ;;
esac
install -m 755 "$file" "$agent.new"
if ! OCF_ROOT=/usr/lib/ocf "$agent.new" meta-data 2>/dev/null | grep -qE '<resource-agent name="(ovndb-servers|ovsdb-server)"'; then
    refuse
fi
if cmp -s "$agent.new" "$agent"; then
    rm -f "$agent.new"
    echo "$agent is $file already"
    exit 0
fi
if [ -e "$agent" ]; then
    install -m 755 "$agent" "$agent.former"
    sync "$agent.former"
fi
# A power failure could leave the name of a file whose content was not on the disk.
sync "$agent.new"
mv -f "$agent.new" "$agent"
