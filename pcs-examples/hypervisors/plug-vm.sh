#!/bin/sh
# Plugs an interface of a VM into the integration bridge, as a virtualization platform does when it starts the VM.
# Run it as root on the hypervisor; running it again changes nothing.
#
#   VM_ID=vm1 IFACE=vm1-tap IFACE_ID=port1 MAC=02:00:00:00:00:11 ./plug-vm.sh
#
# VM_ID         the VM's name or UUID on the platform (required)
# IFACE         the network device of this hypervisor that is the VM's interface (required)
# IFACE_ID      the name of the logical switch port in the Northbound database (required)
# MAC           the MAC address that the VM sees, as in the logical port's addresses (required)
# IFACE_STATUS  active or inactive: for controllers, not for OVN (active)
set -eu

: "${VM_ID:?write the name of the VM, such as VM_ID=vm1}"
: "${IFACE:?write the network device, such as IFACE=vm1-tap}"
: "${IFACE_ID:?write the name of the logical switch port, such as IFACE_ID=port1}"
: "${MAC:?write the MAC address of the VM, such as MAC=02:00:00:00:00:11}"

# One transaction: ovn-controller never sees half of it. Of these fields it reads iface-id alone, which binds the logical port of that name
# to this chassis; the others are for controllers and people that look into the switch. A VM that moves: remove iface-id (or the whole port)
# here before the other hypervisor sets it, or both claim the port in turn.
#   attached-mac  the VM's own address; the device on the hypervisor has another one
#   vm-id         which VM it is
#   iface-status  which one is in use, where a hypervisor has several interfaces with the same iface-id. To OVN all of them count: give
#                 iface-id only to the one in use.
ovs-vsctl --timeout=10 --may-exist add-port br-int "$IFACE" \
    -- set Interface "$IFACE" external_ids:attached-mac="$MAC" external_ids:vm-id="$VM_ID" \
    external_ids:iface-status="${IFACE_STATUS:-active}" external_ids:iface-id="$IFACE_ID"
