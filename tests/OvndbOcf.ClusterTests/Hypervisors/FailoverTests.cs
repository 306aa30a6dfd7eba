using System.Diagnostics;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>
/// What VMs and the platform notice of a failover of the databases: traffic goes on, and changes of the network are in force soon after.
/// Every test also holds the cluster's invariants at its end: ovn-northd runs beside the active servers, and nowhere else.
/// </summary>
public abstract class FailoverTests(HypervisorFixture fixture)
{
    private const int Limit = 240_000;
    private const int FewestPings = 5;
    private static readonly TimeSpan PortLimit = TimeSpan.FromSeconds(60);
    private static int vms;

    [Fact(Timeout = Limit)]
    public Task VMs_do_not_notice_a_planned_move() =>
        DuringAsync(
            "planned move",
            async active =>
            {
                await active.ExecCheckedAsync(
                    ["crm_resource", "--resource", fixture.Shape.CloneId, "--ban", "--node", active.Name, "--promoted"],
                    cancellationToken: TestContext.Current.CancellationToken
                );
            },
            active =>
                active.ExecCheckedAsync(
                    ["crm_resource", "--resource", fixture.Shape.CloneId, "--clear"],
                    cancellationToken: CancellationToken.None
                )
        );

    [Fact(Timeout = Limit)]
    public Task VMs_do_not_notice_a_crash_of_the_active_Southbound_server() =>
        DuringAsync(
            "SIGKILL of the active Southbound server",
            async active =>
            {
                var pid = await active.ReadPidAsync(OvnDatabase.Southbound.PidFile, TestContext.Current.CancellationToken);
                await active.SignalAsync(pid, "KILL", TestContext.Current.CancellationToken);
            },
            _ => Task.CompletedTask,
            // Pacemaker may promote the same node again.
            (status, _) =>
                status.FailedActions.Count > 0 && status.Instances(fixture.Shape.Resource).All(instance => instance is { Failed: false })
        );

    [Fact(Timeout = Limit)]
    public Task VMs_do_not_notice_a_power_failure_of_the_active_node() =>
        DuringAsync(
            "power failure of the active node",
            active => active.PowerOffAsync(TestContext.Current.CancellationToken),
            active => active.PowerOnAsync(CancellationToken.None)
        );

    /// <summary>All nodes at the same time, cleanly or without warning; they boot again at once.</summary>
    [Theory(Timeout = Limit)]
    [Trait(TestLength.Name, TestLength.Long)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VMs_do_not_notice_a_restart_of_the_whole_cluster(bool isPowerFailure)
    {
        Task? starting = null;
        var cancellation = TestContext.Current.CancellationToken;
        await DuringAsync(
            isPowerFailure ? "power failure of all nodes" : "shut-down of all nodes",
            async _ =>
            {
                await (
                    isPowerFailure
                        ? Task.WhenAll(fixture.Cluster.Nodes.Select(node => node.PowerOffAsync(cancellation)))
                        : fixture.Cluster.StopClusterAsync(cancellation)
                );
                starting = StartAsync();
            },
            // A fault that fails half-way leaves nodes off.
            _ => starting ?? StartAsync(),
            (status, _) => status.PromotedNode(fixture.Shape.CloneId) is not null
        );

        Task StartAsync() => fixture.Cluster.StartClusterAsync(CancellationToken.None);
    }

    /// <summary>
    /// Does something to the active node while VMs talk, a port is asked for, and a VM moves to the other hypervisor. The repair takes place whatever failed before it, and after the
    /// test's time is over, too: the tests that follow use the same cluster.
    /// </summary>
    private async Task DuringAsync(
        string occasion,
        Func<ClusterNode, Task> fault,
        Func<ClusterNode, Task> repair,
        Func<ClusterStatus, ClusterNode, bool>? noticed = null
    )
    {
        var (first, second) = (fixture.Hypervisors[0], fixture.Hypervisors[1]);
        var (_, active, _) = await fixture.LookAsync(Cancellation);
        await fixture.ForgetFailuresAsync(active, Cancellation);
        var (early, late, mover) = (NextVm("early"), NextVm("late"), NextVm("mover"));
        await first.StartVmAsync(early, Cancellation);
        await first.StartVmAsync(late, Cancellation);
        await first.StartVmAsync(mover, Cancellation);
        await fixture.AddPortAsync(mover, Cancellation);
        Assert.Equal(first.Name, await fixture.ChassisOfAsync(mover.Port, Cancellation));

        var tunnelled = await first.StartPingAsync(HypervisorFixture.Web, HypervisorFixture.Data.Address, Cancellation);
        var routed = await first.StartPingAsync(HypervisorFixture.Web, HypervisorFixture.Guest.Address, Cancellation);
        var forbidden = await second.StartPingAsync(HypervisorFixture.Guest, HypervisorFixture.Data.Address, Cancellation);
        Measures measures;
        try
        {
            await fault(active);
            measures = await ChangeAsync(
                status =>
                    (noticed ?? Moved)(status, active)
                    && status.NodeOf("ovn-vip") is { } holder
                    && holder == status.PromotedNode(fixture.Shape.CloneId),
                early,
                late,
                mover
            );
        }
        finally
        {
            await repair(active);
            await fixture.HoldAsync($"{occasion}: {active.Name} is well again");
        }

        await fixture.NorthboundAsync(["--wait=hv", "sync"], Cancellation);

        var (tunnelledReport, routedReport, forbiddenReport) = (
            await tunnelled.StopAsync(Cancellation),
            await routed.StopAsync(Cancellation),
            await forbidden.StopAsync(Cancellation)
        );
        Tell(
            $"{occasion} on {fixture.Cluster.Options.Release}: the failover was seen to be over after {measures.Moved.TotalSeconds:0.0} s; "
                + $"a port asked for at once was up after {measures.EarlyUp.TotalSeconds:0.0} s, one asked for then {measures.LateUp.TotalSeconds:0.0} s later; "
                + $"both hypervisors had followed after {measures.Synced.TotalSeconds:0.0} s; {tunnelledReport.Lost.Count} of {tunnelledReport.Sent} pings lost in the subnet, "
                + $"{routedReport.Lost.Count} of {routedReport.Sent} through the router"
        );
        Assert.Empty(tunnelledReport.Lost);
        Assert.Empty(routedReport.Lost);
        Assert.All([tunnelledReport, routedReport, forbiddenReport], report => Assert.InRange(report.Sent, FewestPings, int.MaxValue));
        Assert.Equal(forbiddenReport.Sent, forbiddenReport.Lost.Count);
        Assert.InRange(measures.LateUp, TimeSpan.Zero, PortLimit);
        await RemoveAsync(early, late, mover);
    }

    /// <summary>What a platform does meanwhile, and how long it takes from the fault on.</summary>
    private async Task<Measures> ChangeAsync(
        Func<ClusterStatus, bool> over,
        VirtualMachine early,
        VirtualMachine late,
        VirtualMachine mover
    )
    {
        var (first, second) = (fixture.Hypervisors[0], fixture.Hypervisors[1]);
        var clock = Stopwatch.StartNew();
        var earlyUp = fixture.AddPortAsync(early, Cancellation);
        await first.StopVmAsync(mover, Cancellation);
        await second.StartVmAsync(mover, Cancellation);
        await fixture.Cluster.WaitForAsync("active servers with the address beside them", over, ShapeFixture.Recovery, Cancellation);
        var moved = clock.Elapsed;
        var lateUp = fixture.AddPortAsync(late, Cancellation);
        await first.SyncAsync(fixture.Shape.Remote(OvnDatabase.Northbound), cancellationToken: Cancellation);
        var synced = clock.Elapsed;
        await Eventually.EqualAsync([second.Name], async () => [await fixture.ChassisOfAsync(mover.Port, Cancellation)], Cancellation);
        await first.WaitForAnswerAsync(HypervisorFixture.Web, mover.Address, Cancellation);
        return new Measures(moved, await earlyUp, await lateUp, synced);
    }

    private bool Moved(ClusterStatus status, ClusterNode active) =>
        status.PromotedNode(fixture.Shape.CloneId) is { } promoted && promoted != active.Name;

    private async Task RemoveAsync(VirtualMachine early, VirtualMachine late, VirtualMachine mover)
    {
        await fixture.Hypervisors[0].StopVmAsync(early, Cancellation);
        await fixture.Hypervisors[0].StopVmAsync(late, Cancellation);
        await fixture.Hypervisors[1].StopVmAsync(mover, Cancellation);
        await fixture.NorthboundAsync(["lsp-del", early.Port, "--", "lsp-del", late.Port, "--", "lsp-del", mover.Port], Cancellation);
    }

    private static VirtualMachine NextVm(string name)
    {
        var host = (byte)(100 + Interlocked.Increment(ref vms));
        return HypervisorFixture.Vm($"{name}{host}", 1, host);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Times since the fault; that of <see cref="LateUp"/> since the port was asked for, right after the failover.</summary>
    private sealed record Measures(TimeSpan Moved, TimeSpan EarlyUp, TimeSpan LateUp, TimeSpan Synced);

    private static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}

[Collection<BookwormHypervisors>]
public sealed class BookwormFailoverTests(HypervisorsOnBookworm fixture) : FailoverTests(fixture);

[Collection<TrixieHypervisors>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieFailoverTests(HypervisorsOnTrixie fixture) : FailoverTests(fixture);
