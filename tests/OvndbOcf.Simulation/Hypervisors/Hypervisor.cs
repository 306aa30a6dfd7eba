using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OvndbOcf.Simulation.Hypervisors;

/// <summary>
/// A chassis of OVN: a machine beside the cluster that runs Open vSwitch, in userspace, and ovn-controller. Its VMs are network
/// namespaces.
/// </summary>
public sealed class Hypervisor : Machine
{
    private static readonly TimeSpan ChangeLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(200);
    private int pings;

    internal Hypervisor(string name, IPAddress address, string containerId)
        : base(name, address, containerId) { }

    /// <summary>Makes it a chassis with <c>pcs-examples/hypervisors/join-ovn.sh</c>, and starts ovn-controller. The chassis' name is the machine's.</summary>
    /// <param name="southbound">The Southbound database, such as <c>tcp:10.64.0.200:6642</c>.</param>
    /// <param name="variables">Further variables of the script.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ExecException">It failed.</exception>
    public async Task JoinAsync(
        string southbound,
        IReadOnlyDictionary<string, string>? variables = null,
        CancellationToken cancellationToken = default
    )
    {
        var environment = new Dictionary<string, string>(variables ?? new Dictionary<string, string>())
        {
            ["SYSTEM_ID"] = Name,
            ["OVN_REMOTE"] = southbound,
            ["ENCAP_IP"] = $"{Address}",
            ["DATAPATH"] = "netdev",
        };
        await RunAsync(HypervisorScripts.Example("join-ovn.sh"), environment, cancellationToken).ConfigureAwait(false);
        await ExecCheckedAsync(["/usr/share/ovn/scripts/ovn-ctl", "start_controller"], cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Ends ovn-controller, which takes the chassis out of the Southbound database. Open vSwitch and the VMs stay.</summary>
    /// <exception cref="ExecException">It failed.</exception>
    public Task LeaveAsync(CancellationToken cancellationToken = default) =>
        ExecCheckedAsync(["/usr/share/ovn/scripts/ovn-ctl", "stop_controller"], cancellationToken: cancellationToken);

    /// <summary>Starts a relay of the Southbound database here with <c>pcs-examples/hypervisors/start-relay.sh</c>; it listens on the port that a Southbound server has.</summary>
    /// <param name="southbound">The Southbound database, such as <c>tcp:10.64.0.200:6642</c>.</param>
    /// <param name="variables">Further variables of the script.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ExecException">It failed.</exception>
    public Task StartRelayAsync(
        string southbound,
        IReadOnlyDictionary<string, string>? variables = null,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            HypervisorScripts.Example("start-relay.sh"),
            new Dictionary<string, string>(variables ?? new Dictionary<string, string>()) { ["SOUTHBOUND"] = southbound },
            cancellationToken
        );

    /// <summary>Ends it. Does nothing where none runs.</summary>
    public Task StopRelayAsync(CancellationToken cancellationToken = default) =>
        ExecAsync(["ovs-appctl", "--timeout=10", "--target=/run/ovn/ovnsb-relay.ctl", "exit"], cancellationToken: cancellationToken);

    /// <summary>Starts a VM here and plugs it into the integration bridge with <c>pcs-examples/hypervisors/plug-vm.sh</c>.</summary>
    /// <exception cref="ExecException">It failed.</exception>
    public async Task StartVmAsync(VirtualMachine vm, CancellationToken cancellationToken = default)
    {
        var environment = new Dictionary<string, string>
        {
            ["VM"] = vm.Name,
            ["VM_ID"] = vm.Name,
            ["IFACE"] = vm.Device,
            ["IFACE_ID"] = vm.Port,
            ["MAC"] = vm.Mac,
            ["ADDRESS"] = $"{vm.Address}/24",
            ["GATEWAY"] = $"{vm.Gateway}",
        };
        await RunAsync(HypervisorScripts.Vm, environment, cancellationToken).ConfigureAwait(false);
        await RunAsync(HypervisorScripts.Example("plug-vm.sh"), environment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unplugs a VM and ends it.</summary>
    /// <exception cref="ExecException">It failed.</exception>
    public async Task StopVmAsync(VirtualMachine vm, CancellationToken cancellationToken = default)
    {
        await ExecCheckedAsync(["ovs-vsctl", "--timeout=10", "del-port", "br-int", vm.Device], cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        // One end of the pair takes the other with it. A namespace that is deleted takes its end only some time later.
        await ExecCheckedAsync(["ip", "link", "delete", vm.Device], cancellationToken: cancellationToken).ConfigureAwait(false);
        await ExecCheckedAsync(["ip", "netns", "delete", vm.Name], cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a VM's port to a logical switch, as a platform does whatever the databases do, and waits until it is up.</summary>
    /// <param name="northbound">The Northbound database, such as <c>tcp:10.64.0.200:6641</c>.</param>
    /// <param name="logicalSwitch">The switch's name.</param>
    /// <param name="vm">The VM. It has to be plugged in somewhere, or it never is up.</param>
    /// <param name="options">What ovn-nbctl needs beside the database, such as <c>-p /root/key.pem</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The time from the first attempt on.</returns>
    /// <exception cref="TimeoutException">It is not up after a minute and a half.</exception>
    public async Task<TimeSpan> AddPortAsync(
        string northbound,
        string logicalSwitch,
        VirtualMachine vm,
        IEnumerable<string>? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var environment = new Dictionary<string, string>
        {
            ["OVN_NBCTL_OPTIONS"] = string.Join(' ', options ?? []),
            ["NORTHBOUND"] = northbound,
            ["SWITCH"] = logicalSwitch,
            ["PORT"] = vm.Port,
            ["ADDRESSES"] = vm.PortAddresses,
        };
        var clock = Stopwatch.StartNew();
        await ExecCheckedAsync(["sh", "-s"], ChangeLimit, environment, HypervisorScripts.AddPort, cancellationToken).ConfigureAwait(false);
        return clock.Elapsed;
    }

    /// <summary>Waits until every chassis has what the Northbound database says now.</summary>
    /// <param name="northbound">The Northbound database, such as <c>tcp:10.64.0.200:6641</c>.</param>
    /// <param name="limit">How long to wait at most; a minute and a half if null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TimeoutException">They do not have it in time.</exception>
    public Task SyncAsync(string northbound, TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        ExecCheckedAsync(
            ["sh", "-s"],
            limit ?? ChangeLimit,
            new Dictionary<string, string> { ["NORTHBOUND"] = northbound },
            HypervisorScripts.Sync,
            cancellationToken
        );

    /// <summary>Begins to ping an address from a VM of this machine, five times a second.</summary>
    /// <exception cref="ExecException">It failed.</exception>
    public async Task<ContinuousPing> StartPingAsync(VirtualMachine from, IPAddress target, CancellationToken cancellationToken = default)
    {
        var log = string.Create(CultureInfo.InvariantCulture, $"/run/ping-{Interlocked.Increment(ref pings)}-{from.Name}.log");
        var environment = new Dictionary<string, string>
        {
            ["VM"] = from.Name,
            ["TARGET"] = $"{target}",
            ["LOG"] = log,
        };
        var result = await RunAsync(HypervisorScripts.Ping, environment, cancellationToken).ConfigureAwait(false);
        return new ContinuousPing(this, int.Parse(result.Stdout.Trim(), CultureInfo.InvariantCulture), log);
    }

    /// <summary>Waits until an address answers a VM of this machine.</summary>
    /// <exception cref="TimeoutException">It does not within a minute.</exception>
    public async Task WaitForAnswerAsync(VirtualMachine from, IPAddress target, CancellationToken cancellationToken = default)
    {
        var ping = await StartPingAsync(from, target, cancellationToken).ConfigureAwait(false);
        try
        {
            var clock = Stopwatch.StartNew();
            while ((await ping.ReportAsync(cancellationToken).ConfigureAwait(false)).Sent == 0)
            {
                if (clock.Elapsed > AnswerLimit)
                {
                    throw new TimeoutException($"{target} does not answer {from.Name} on {Name} within {AnswerLimit.TotalSeconds:0} s");
                }

                await Task.Delay(PollPause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ping.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    internal Task<ExecResult> StartSwitchAsync(CancellationToken cancellationToken) =>
        RunAsync(HypervisorScripts.Switch, new Dictionary<string, string>(), cancellationToken);

    private Task<ExecResult> RunAsync(
        string script,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    ) => ExecCheckedAsync(["sh", "-s"], environment: environment, standardInput: script, cancellationToken: cancellationToken);
}
