using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>
/// A relay with TLS on both sides, to the databases and to its clients, with a chassis behind it: it finds the new active server by itself and loses no write that it acknowledged. And what
/// <c>pcs-examples/hypervisors/start-relay.sh</c> says where it cannot be like that.
/// </summary>
public abstract class TlsRelayTests(TlsRelayFixture fixture)
{
    private const int Limit = 240_000;
    private const string PidFile = "/run/ovn/ovnsb-relay.pid";
    private const string Switch = "relayed";
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private CancellationToken Cancellation { get; set; }

    private string Southbound => fixture.Shape.Remote(OvnDatabase.Southbound);

    private string Relayed => $"ssl:{fixture.Relay.Address}:{OvnDatabase.Southbound.Port}";

    [Theory(Timeout = Limit)]
    [InlineData("ssl", "TLS_KEY=", "TLS_KEY is missing")]
    [InlineData("ssl", "TLS_CERT=", "TLS_CERT is missing")]
    [InlineData("ssl", "TLS_CA=", "TLS_CA is missing")]
    [InlineData("ssl", "TLS_CA=/etc/ovn-tls/nothing.pem", "TLS_CA=/etc/ovn-tls/nothing.pem is no file that can be read")]
    [InlineData("ssl", "TLS_KEY=/etc/ovn-tls", "TLS_KEY=/etc/ovn-tls is no file that can be read")]
    [InlineData("ssl", "TLS_CERT=/etc/ovn-tls/chassis-cert.pem", "key values mismatch")]
    [InlineData("ssl", "LISTEN=pssl:6642:192.0.2.1", "pssl:6642:192.0.2.1: listen failed")]
    [InlineData("ssl", "LISTEN=6642", "LISTEN begins with ptcp: or pssl:, not as in 6642")]
    [InlineData("pssl", "", "SOUTHBOUND begins with tcp: or ssl:, not as in pssl:")]
    [InlineData("tcp", "", "neither SOUTHBOUND=tcp:")]
    [InlineData("tcp", "LISTEN=pssl:6642 TLS_KEY=", "TLS_KEY is missing")]
    public async Task A_relay_that_cannot_be_as_it_is_wanted_is_not_started(string protocol, string variables, string expected)
    {
        Cancellation = TestContext.Current.CancellationToken;
        var all = new Dictionary<string, string>(TlsRelayFixture.Files("relay"));
        foreach (var variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (variable.Split('=')[0], variable.Split('=')[1]);
            all[name] = value;
        }

        var failure = await Assert.ThrowsAsync<ExecException>(() =>
            fixture.Relay.StartRelayAsync(Southbound.Replace("ssl:", $"{protocol}:", StringComparison.Ordinal), all, Cancellation)
        );

        Assert.Contains(expected, failure.Result.Stderr, StringComparison.Ordinal);
        Assert.NotEqual(0, (await fixture.Relay.ExecAsync(["test", "-e", PidFile], cancellationToken: Cancellation)).ExitCode);
    }

    [Fact(Timeout = Limit)]
    public async Task A_relay_that_trusts_another_CA_says_so_and_connects_once_it_has_the_right_one()
    {
        Cancellation = TestContext.Current.CancellationToken;
        const string file = $"{TlsRelayFixture.Directory}/other.pem";
        var other = await fixture.Client.ReadFileAsync(fixture.OtherAuthority.CaCertificate, Cancellation);
        await fixture.Relay.WriteFileAsync(file, other, cancellationToken: Cancellation);
        var variables = new Dictionary<string, string>(TlsRelayFixture.Files("relay")) { ["TLS_CA"] = file };
        try
        {
            var failure = await Assert.ThrowsAsync<ExecException>(() => fixture.Relay.StartRelayAsync(Southbound, variables, Cancellation));
            Assert.Contains($"no connection to {Southbound} yet", failure.Result.Stderr, StringComparison.Ordinal);
            Assert.Contains("certificate verify failed", failure.Result.Stderr, StringComparison.Ordinal);

            var right = await fixture.Client.ReadFileAsync(fixture.Authority.CaCertificate, Cancellation);
            await fixture.Relay.WriteFileAsync(file, right, cancellationToken: Cancellation);
            await fixture.Relay.ExecCheckedAsync(
                ["ovsdb-client", "--timeout=30", "wait", "unix:/run/ovn/ovnsb-relay.sock", "OVN_Southbound", "connected"],
                cancellationToken: Cancellation
            );
        }
        finally
        {
            await fixture.Relay.StopRelayAsync(CancellationToken.None);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Writes_and_a_chassis_behind_a_relay_over_TLS_survive_a_move_and_a_crash()
    {
        Cancellation = TestContext.Current.CancellationToken;
        await fixture.Relay.StartRelayAsync(Southbound, TlsRelayFixture.Files("relay"), Cancellation);
        try
        {
            await fixture.Behind.JoinAsync(Relayed, TlsRelayFixture.Files("chassis"), Cancellation);
            try
            {
                await ConnectedAsync();
                await RunAsync("ovn-nbctl", OvnDatabase.Northbound, "ls-add", Switch);
                await RefusesStrangersAsync();
                var process = await fixture.Relay.ReadPidAsync(PidFile, Cancellation);

                await DuringAsync("planned move", 1, () => fixture.SwitchOverAsync(Cancellation));
                await DuringAsync(
                    "SIGKILL of the active Southbound server",
                    2,
                    () => fixture.CrashAsync(OvnDatabase.Southbound, Cancellation)
                );

                Assert.Equal(process, await fixture.Relay.ReadPidAsync(PidFile, Cancellation));
            }
            finally
            {
                await fixture.Behind.LeaveAsync(CancellationToken.None);
            }
        }
        finally
        {
            await fixture.Relay.StopRelayAsync(CancellationToken.None);
        }
    }

    /// <summary>The databases know who their client is, and that is the relay: its name is none of a chassis'.</summary>
    [Fact(Timeout = Limit)]
    public async Task Where_clients_are_held_to_a_role_a_chassis_behind_a_relay_cannot_add_itself()
    {
        Cancellation = TestContext.Current.CancellationToken;
        const int port = 16642;
        var held = $"ssl:{fixture.Shape.Address}:{port}";
        var (_, active, _) = await fixture.LookAsync(Cancellation);
        var row = await active.ExecCheckedAsync(
            [
                .. (string[])
                    ["ovn-sbctl", "--timeout=10", "--id=@held", "create", "connection", $"target=\"pssl:{port}\"", "role=ovn-controller"],
                .. (string[])["--", "add", "SB_Global", ".", "connections", "@held"],
            ],
            cancellationToken: Cancellation
        );
        try
        {
            await fixture.Relay.StartRelayAsync(held, TlsRelayFixture.Files("relay"), Cancellation);

            var relayed = await AddAsChassisAsync(Relayed);
            Assert.NotEqual(0, relayed.ExitCode);
            Assert.Contains(
                "RBAC rules for client \\\"relay\\\" role \\\"ovn-controller\\\" prohibit",
                relayed.Stderr,
                StringComparison.Ordinal
            );
            var direct = await AddAsChassisAsync(held);
            Assert.True(direct.ExitCode == 0, direct.Output);
        }
        finally
        {
            await fixture.Relay.StopRelayAsync(CancellationToken.None);
            await active.ExecAsync(
                [
                    .. (string[])["ovn-sbctl", "--timeout=10", "remove", "SB_Global", ".", "connections", row.Stdout.Trim()],
                    .. (string[])["--", "--if-exists", "chassis-del", "chassis"],
                ],
                cancellationToken: CancellationToken.None
            );
        }

        await fixture.HoldAsync("clients are held to no role");
    }

    /// <summary>Adds the chassis that the certificate "chassis" may add under a role.</summary>
    private Task<ExecResult> AddAsChassisAsync(string remote) =>
        fixture.Client.ExecAsync(
            [
                .. (string[])["ovn-sbctl", "--timeout=10", "--no-leader-only", $"--db={remote}", .. fixture.Authority.Options("chassis")],
                .. (string[])["chassis-add", "chassis", "geneve", "192.0.2.88"],
            ],
            cancellationToken: Cancellation
        );

    /// <summary>Neither a certificate of another CA nor no certificate gets in at the relay.</summary>
    private async Task RefusesStrangersAsync()
    {
        Assert.Equal(0, (await ReadThroughRelayAsync(Relayed, fixture.Authority.Options("client"))).ExitCode);
        var stranger = fixture.OtherAuthority.OptionsTrusting("client", fixture.Authority.CaCertificate);
        Assert.NotEqual(0, (await ReadThroughRelayAsync(Relayed, stranger)).ExitCode);
        Assert.NotEqual(0, (await ReadThroughRelayAsync(Relayed.Replace("ssl:", "tcp:", StringComparison.Ordinal), [])).ExitCode);
    }

    /// <summary>Writes through the relay and asks for a port on the chassis behind it while something is done to the active servers.</summary>
    private async Task DuringAsync(string occasion, byte number, Func<Task> fault)
    {
        var vm = HypervisorFixture.Vm($"relayed{number}", 1, (byte)(60 + number));
        await fixture.Behind.StartVmAsync(vm, Cancellation);
        var connection = await ConnectionAsync();
        WriterReport report;
        TimeSpan up;
        TimeSpan before;
        await using (
            var writer = await TlsWriter.StartAsync(
                fixture.Client,
                OvnDatabase.Southbound,
                Relayed,
                fixture.Authority.Options("client"),
                Cancellation
            )
        )
        {
            await WaitAsync(writer, now => now.Acknowledged.Count > 10, "writes through the relay");
            before = writer.Elapsed;
            var port = AddPortInOutageAsync(writer, vm);
            await fault();
            up = await port;
            var after = (await writer.ReportAsync(Cancellation)).Acknowledged.Count;
            await WaitAsync(writer, now => now.Acknowledged.Count > after + 10, "writes through the relay again");
            report = await writer.StopAsync();
        }

        // In the active database itself, not only in the relay's memory.
        var (_, active, _) = await fixture.LookAsync(Cancellation);
        var served = await RowReader.ReadLocalNamesAsync(OvnDatabase.Southbound, active, Cancellation);
        var lost = report.Acknowledged.Select(write => write.Name).Where(name => !served.Contains(name)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{occasion} on {fixture.Cluster.Options.Release}: no write was acknowledged through the relay over TLS for {report.LongestGapAfter(before)!.Length.TotalSeconds:0.0} s, "
                + $"{report.Unanswered.Count} had no answer or were refused (the last: {report.LastFailure ?? "none"}), {lost.Count} of {report.Acknowledged.Count} acknowledged ones are missing; "
                + $"a port on the chassis behind it was up {up.TotalSeconds:0.0} s after it was asked for"
        );
        Assert.Empty(lost);
        Assert.Equal(connection, await ConnectionAsync());

        var seen = $"seen{number}";
        await RunAsync("ovn-sbctl", OvnDatabase.Southbound, "chassis-add", seen, "geneve", $"192.0.2.{number}");
        await Eventually.EqualAsync(
            [seen],
            async () =>
                (await ReadThroughRelayAsync(Relayed, fixture.Authority.Options("client"))).Stdout.Split('\n').Where(name => name == seen),
            Cancellation
        );
        await ConnectedAsync();
        await fixture.Behind.StopVmAsync(vm, Cancellation);
        await DeleteAsync([seen, .. report.Acknowledged.Select(write => write.Name), .. report.Unanswered]);
    }

    /// <summary>Asks for a port as soon as writes through the relay stand still; the time until it is up.</summary>
    private async Task<TimeSpan> AddPortInOutageAsync(TlsWriter writer, VirtualMachine vm)
    {
        await WaitAsync(writer, now => now.Elapsed - now.Acknowledged[^1].At > Silence, "a pause of the writes through the relay");
        var files = TlsRelayFixture.Files("relay");
        return await fixture.Relay.AddPortAsync(
            fixture.Shape.Remote(OvnDatabase.Northbound),
            Switch,
            vm,
            ["-p", files["TLS_KEY"], "-c", files["TLS_CERT"], "-C", files["TLS_CA"]],
            Cancellation
        );
    }

    private async Task WaitAsync(TlsWriter writer, Func<WriterReport, bool> holds, string what)
    {
        var begin = writer.Elapsed;
        while (await writer.ReportAsync(Cancellation) is var report && !holds(report))
        {
            Assert.True(report.Elapsed - begin < WritingLimit, $"{what}: not in time; last failure: {report.LastFailure ?? "none"}");
            await Task.Delay(Pause, Cancellation);
        }
    }

    private Task ConnectedAsync() =>
        Eventually.EqualAsync(
            ["connected"],
            async () =>
            {
                var status = await fixture.Behind.ExecCheckedAsync(
                    ["ovn-appctl", "-t", "ovn-controller", "connection-status"],
                    cancellationToken: Cancellation
                );
                return [status.Stdout.Trim()];
            },
            Cancellation
        );

    /// <summary>The chassis' connection to the relay: both ends' addresses and ports.</summary>
    private async Task<string> ConnectionAsync()
    {
        var sockets = await fixture.Behind.ExecCheckedAsync(
            [
                "ss",
                "-Htn",
                "state",
                "established",
                "dst",
                $"{fixture.Relay.Address}",
                "and",
                "dport",
                "=",
                $":{OvnDatabase.Southbound.Port}",
            ],
            cancellationToken: Cancellation
        );
        return Assert
            .Single(sockets.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)[2];
    }

    private Task<ExecResult> ReadThroughRelayAsync(string remote, IReadOnlyList<string> options) =>
        fixture.Client.ExecAsync(
            [
                .. (string[])["ovn-sbctl", "--timeout=10", "--no-leader-only", $"--db={remote}", .. options],
                .. (string[])["--bare", "--columns=name", "list", "Chassis"],
            ],
            cancellationToken: Cancellation
        );

    /// <summary>Runs ovn-nbctl or ovn-sbctl through the virtual address.</summary>
    private Task<ExecResult> RunAsync(string program, OvnDatabase database, params IEnumerable<string> arguments) =>
        fixture.Client.ExecCheckedAsync(
            [program, "--timeout=50", $"--db={fixture.Shape.Remote(database)}", .. fixture.Authority.Options("client"), .. arguments],
            cancellationToken: Cancellation
        );

    /// <summary>Removes the chassis that were written: the hypervisor makes tunnels to each.</summary>
    private async Task DeleteAsync(IEnumerable<string> names)
    {
        foreach (var some in names.Chunk(100))
        {
            await RunAsync(
                "ovn-sbctl",
                OvnDatabase.Southbound,
                some.SelectMany((name, index) => (string[])[.. index == 0 ? (string[])[] : ["--"], "--if-exists", "chassis-del", name])
            );
        }
    }
}

[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormTlsRelayTests(TlsRelayOnBookworm fixture) : TlsRelayTests(fixture), IClassFixture<TlsRelayOnBookworm>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieTlsRelayTests(TlsRelayOnTrixie fixture) : TlsRelayTests(fixture), IClassFixture<TlsRelayOnTrixie>;
