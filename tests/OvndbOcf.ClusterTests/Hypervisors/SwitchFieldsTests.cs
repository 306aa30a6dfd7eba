using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation.Hypervisors;
using Xunit;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>
/// The fields by which a platform tells controllers what its switch, bridge and interfaces are (Open vSwitch's integration guide), set by the scripts of
/// <c>pcs-examples/hypervisors/</c> and read through a connection to the switch's database.
/// </summary>
public abstract class SwitchFieldsTests(HypervisorFixture fixture)
{
    private const int Limit = 60_000;

    private Hypervisor First => fixture.Hypervisors[0];

    [Fact(Timeout = Limit)]
    public async Task The_switch_says_who_it_is()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("ovn-hypervisor", await ReadAsync("Open_vSwitch", "system_type", ".", cancellation));
        Assert.Equal("1", await ReadAsync("Open_vSwitch", "system_version", ".", cancellation));
        Assert.Equal(First.Name, await ReadAsync("Open_vSwitch", "external_ids:system-id", ".", cancellation));
        Assert.Equal("true", await ReadAsync("Open_vSwitch", "other_config:enable-statistics", ".", cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task The_integration_bridge_has_a_name_and_a_fixed_MAC_address()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal($"{First.Name}-br-int", await ReadAsync("Bridge", "external_ids:bridge-id", "br-int", cancellation));
        var address = await ReadAsync("Bridge", "other_config:hwaddr", "br-int", cancellation);
        Assert.Matches("^02(:[0-9a-f]{2}){5}$", address);
        Assert.Equal(address, (await First.ReadFileAsync("/sys/class/net/br-int/address", cancellation)).Trim());
    }

    [Fact(Timeout = Limit)]
    public async Task The_interface_says_which_port_of_which_VM_it_is()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var vm = HypervisorFixture.Web;
        Assert.Equal(vm.Mac, await ReadAsync("Interface", "external_ids:attached-mac", vm.Device, cancellation));
        Assert.Equal(vm.Port, await ReadAsync("Interface", "external_ids:iface-id", vm.Device, cancellation));
        Assert.Equal("active", await ReadAsync("Interface", "external_ids:iface-status", vm.Device, cancellation));
        Assert.Equal(vm.Name, await ReadAsync("Interface", "external_ids:vm-id", vm.Device, cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task The_Southbound_database_knows_the_hypervisor_by_its_system_id()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var hypervisor in fixture.Hypervisors)
        {
            var encap = await fixture.SouthboundAsync(
                ["--bare", "--columns=ip", "find", "Encap", $"chassis_name={hypervisor.Name}"],
                cancellation
            );
            Assert.Equal($"{hypervisor.Address}", encap.Stdout.Trim());
        }

        Assert.Equal(First.Name, await fixture.ChassisOfAsync(HypervisorFixture.Web.Port, cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task Who_the_switch_is_outlives_a_start_by_the_distribution()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await OvsCtlAsync(["--system-id=random"], cancellation);

        Assert.Equal(First.Name, await ReadAsync("Open_vSwitch", "external_ids:system-id", ".", cancellation));
        Assert.Equal("ovn-hypervisor", await ReadAsync("Open_vSwitch", "system_type", ".", cancellation));
        Assert.Equal("1", await ReadAsync("Open_vSwitch", "system_version", ".", cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task The_options_of_ovs_ctl_set_the_same_fields()
    {
        var cancellation = TestContext.Current.CancellationToken;
        try
        {
            await OvsCtlAsync([$"--system-id={First.Name}", "--system-type=another-platform", "--system-version=2"], cancellation);

            Assert.Equal(First.Name, await ReadAsync("Open_vSwitch", "external_ids:system-id", ".", cancellation));
            Assert.Equal("another-platform", await ReadAsync("Open_vSwitch", "system_type", ".", cancellation));
            Assert.Equal("2", await ReadAsync("Open_vSwitch", "system_version", ".", cancellation));
        }
        finally
        {
            await OvsCtlAsync(["--system-id=random"], cancellation);
        }
    }

    /// <summary>What the distribution does at a start, but only to the switch's database: the datapath goes on.</summary>
    private async Task OvsCtlAsync(string[] options, CancellationToken cancellationToken)
    {
        await First.ExecCheckedAsync(
            ["/usr/share/openvswitch/scripts/ovs-ctl", "--no-ovs-vswitchd", "--no-record-hostname", .. options, "restart"],
            cancellationToken: cancellationToken
        );
        // ovs-vswitchd has its back-off. ovs-vsctl waits until it has acted on a change.
        await First.ExecCheckedAsync(
            ["ovs-vsctl", "--timeout=30", "set", "Open_vSwitch", ".", $"external_ids:restart={Guid.NewGuid()}"],
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Reads one value over TCP, as a controller elsewhere does.</summary>
    private async Task<string> ReadAsync(string table, string column, string record, CancellationToken cancellationToken)
    {
        await First.ExecCheckedAsync(
            ["ovs-appctl", "-t", "ovsdb-server", "ovsdb-server/add-remote", "ptcp:6640"],
            cancellationToken: cancellationToken
        );
        var result = await fixture
            .Hypervisors[1]
            .ExecCheckedAsync(
                ["ovs-vsctl", "--timeout=10", "--no-wait", $"--db=tcp:{First.Address}:6640", "get", table, record, column],
                cancellationToken: cancellationToken
            );
        return result.Stdout.Trim().Trim('"');
    }
}

[Collection<BookwormHypervisors>]
public sealed class BookwormSwitchFieldsTests(HypervisorsOnBookworm fixture) : SwitchFieldsTests(fixture);

[Collection<TrixieHypervisors>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieSwitchFieldsTests(HypervisorsOnTrixie fixture) : SwitchFieldsTests(fixture);
