using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>
/// A relay of the Southbound database at the virtual address, started with <c>pcs-examples/hypervisors/start-relay.sh</c>, with a chassis behind it: it finds the new active server by itself, and loses no write that it acknowledged.
/// </summary>
public abstract class RelayTests(HypervisorFixture fixture)
{
    private const int Limit = 240_000;
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static int vms;

    private CancellationToken Cancellation { get; set; }

    [Fact(Timeout = Limit)]
    public async Task Writes_and_a_chassis_behind_a_relay_survive_a_move_and_a_crash()
    {
        Cancellation = TestContext.Current.CancellationToken;
        var (relay, behind) = (fixture.Hypervisors[0], fixture.Hypervisors[1]);
        var southbound = fixture.Shape.Remote(OvnDatabase.Southbound);
        await relay.StartRelayAsync(southbound, cancellationToken: Cancellation);
        try
        {
            await PointAsync(behind, $"tcp:{relay.Address}:{OvnDatabase.Southbound.Port}");
            await fixture.NorthboundAsync(["--wait=hv", "sync"], Cancellation);
            await DuringAsync(
                "planned move",
                relay,
                behind,
                async () =>
                {
                    var view = await fixture.SwitchOverAsync(Cancellation);
                    Assert.NotNull(view.Status.PromotedNode(fixture.Shape.CloneId));
                }
            );
            await DuringAsync(
                "SIGKILL of the active Southbound server",
                relay,
                behind,
                () => fixture.CrashAsync(OvnDatabase.Southbound, Cancellation)
            );
        }
        finally
        {
            await PointAsync(behind, southbound);
            await relay.StopRelayAsync(CancellationToken.None);
        }

        await fixture.NorthboundAsync(["--wait=hv", "sync"], Cancellation);
    }

    /// <summary>Writes through the relay and asks for a port on the chassis behind it while something is done to the active servers.</summary>
    private async Task DuringAsync(string occasion, Hypervisor relay, Hypervisor behind, Func<Task> fault)
    {
        var vm = HypervisorFixture.Vm($"relayed{Interlocked.Increment(ref vms)}", 1, (byte)(60 + vms));
        await behind.StartVmAsync(vm, Cancellation);
        WriterReport report;
        TimeSpan up;
        TimeSpan before;
        await using (
            var writer = AcknowledgedWriter.Start(new WriterOptions { Address = relay.Address, Database = OvnDatabase.Southbound })
        )
        {
            await writer.WaitForWritesAsync(40, WritingLimit, Cancellation);
            before = writer.Elapsed;
            var port = AddPortInOutageAsync(writer, vm);
            await fault();
            up = await port;
            await writer.WaitForWritesAsync(40, WritingLimit, Cancellation);
            report = await writer.StopAsync();
        }

        // In the active database itself, not only in the relay's memory.
        var served = RowReader.ReadNames(OvnDatabase.Southbound, fixture.Shape.Address);
        var lost = report.Acknowledged.Select(write => write.Name).Where(name => !served.Contains(name)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{occasion} on {fixture.Cluster.Options.Release}: no write was acknowledged through the relay for {report.LongestGapAfter(before)!.Length.TotalSeconds:0.0} s, "
                + $"{report.Refused} were refused, {report.Unanswered.Count} had no answer, {lost.Count} of {report.Acknowledged.Count} acknowledged ones are missing; "
                + $"a port on the chassis behind it was up {up.TotalSeconds:0.0} s after it was asked for"
        );
        Assert.Empty(lost);
        Assert.Equal(behind.Name, await fixture.ChassisOfAsync(vm.Port, Cancellation));
        await behind.StopVmAsync(vm, Cancellation);
        await fixture.NorthboundAsync(["lsp-del", vm.Port], Cancellation);
        await DeleteAsync(report.Acknowledged.Select(write => write.Name).Concat(report.Unanswered));
    }

    /// <summary>Asks for a port as soon as writes through the relay stand still; the time until it is up.</summary>
    private async Task<TimeSpan> AddPortInOutageAsync(AcknowledgedWriter writer, VirtualMachine vm)
    {
        var begin = writer.Elapsed;
        while (writer.Report() is var report && report.Elapsed - report.Acknowledged[^1].At < Silence)
        {
            Assert.True(report.Elapsed - begin < WritingLimit, "writes through the relay never stood still");
            await Task.Delay(Pause, Cancellation);
        }

        return await fixture.AddPortAsync(vm, Cancellation);
    }

    private static Task<ExecResult> PointAsync(Hypervisor hypervisor, string remote) =>
        hypervisor.ExecCheckedAsync(
            ["ovs-vsctl", "--timeout=10", "set", "Open_vSwitch", ".", $"external_ids:ovn-remote=\"{remote}\""],
            cancellationToken: CancellationToken.None
        );

    /// <summary>Removes the chassis that were written: the hypervisors make tunnels to each.</summary>
    private async Task DeleteAsync(IEnumerable<string> names)
    {
        foreach (var some in names.Chunk(100))
        {
            await fixture.SouthboundAsync(
                [
                    .. some.SelectMany(
                        (name, index) =>
                            index == 0 ? (string[])["--if-exists", "chassis-del", name] : ["--", "--if-exists", "chassis-del", name]
                    ),
                ],
                Cancellation
            );
        }
    }
}

[Collection<BookwormHypervisors>]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BookwormRelayTests(HypervisorsOnBookworm fixture) : RelayTests(fixture);

[Collection<TrixieHypervisors>]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieRelayTests(HypervisorsOnTrixie fixture) : RelayTests(fixture);
