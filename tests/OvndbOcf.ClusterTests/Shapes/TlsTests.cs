using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Both databases over TLS, with certificates that both sides check.</summary>
public abstract class TlsTests(TlsFixture fixture) : ShapeTests(fixture)
{
    private string Northbound => fixture.Shape.Remote(OvnDatabase.Northbound);

    private string Southbound => fixture.Shape.Remote(OvnDatabase.Southbound);

    [Fact(Timeout = Limit)]
    public async Task A_client_that_verifies_the_server_gets_in_to_both_databases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = fixture.Authority.Options("client");

        var northbound = await RunAsync(
            ["ovn-nbctl", "--timeout=10", $"--db={Northbound}", .. options, "ls-add", "over-tls"],
            cancellation
        );
        var southbound = await RunAsync(["ovn-sbctl", "--timeout=10", $"--db={Southbound}", .. options, "show"], cancellation);

        Assert.True(northbound.ExitCode == 0, northbound.Output);
        Assert.True(southbound.ExitCode == 0, southbound.Output);
    }

    [Fact(Timeout = Limit)]
    public Task A_client_that_trusts_another_CA_refuses_the_server() =>
        RefusedAsync(
            Northbound,
            fixture.Authority.OptionsTrusting("client", fixture.OtherAuthority.CaCertificate),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = Limit)]
    public Task The_server_refuses_a_client_whose_certificate_another_CA_signed() =>
        RefusedAsync(
            Northbound,
            fixture.OtherAuthority.OptionsTrusting("client", fixture.Authority.CaCertificate),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = Limit)]
    public Task Nobody_gets_in_without_TLS() =>
        RefusedAsync(Northbound.Replace("ssl:", "tcp:", StringComparison.Ordinal), [], TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public async Task The_server_shows_its_own_certificate()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var (port, name) in new[] { (fixture.Shape.NorthboundPort, "ovnnb"), (fixture.Shape.SouthboundPort, "ovnsb") })
        {
            var shown = await fixture.Client.ExecAsync(
                [
                    "openssl",
                    "s_client",
                    "-connect",
                    $"{fixture.Cluster.VirtualIp}:{port}",
                    "-CAfile",
                    fixture.Authority.CaCertificate,
                    "-verify_return_error",
                    "-cert",
                    fixture.Authority.Certificate("client"),
                    "-key",
                    fixture.Authority.PrivateKey("client"),
                ],
                standardInput: "",
                cancellationToken: cancellation
            );

            Assert.Contains("Verify return code: 0 (ok)", shown.Output, StringComparison.Ordinal);
            Assert.Matches($@"subject=CN ?= ?{name}\b", shown.Output);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_hypervisor_joins_over_TLS_and_is_back_by_itself_after_a_move()
    {
        const string directory = "/etc/ovn-tls";
        var cancellation = TestContext.Current.CancellationToken;
        var hypervisor = await fixture.Cluster.StartHypervisorAsync(cancellation);
        await fixture.Authority.InstallAsync(hypervisor, directory, ["chassis"], cancellation);
        await ChassisReturn.HoldsAsync(
            fixture,
            fixture.Client,
            fixture.Authority.Options("client"),
            hypervisor,
            new Dictionary<string, string>
            {
                ["TLS_KEY"] = $"{directory}/chassis-privkey.pem",
                ["TLS_CERT"] = $"{directory}/chassis-cert.pem",
                ["TLS_CA"] = $"{directory}/cacert.pem",
            },
            cancellation
        );
    }

    [Fact(Timeout = Limit)]
    public async Task Backups_replicate_over_TLS()
    {
        var (view, active, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"ssl:{active.Address}:6641", view[backup.Name].Northbound.Status.Remote);
        Assert.Equal($"ssl:{active.Address}:6642", view[backup.Name].Southbound.Status.Remote);
    }

    [Fact(Timeout = Limit)]
    public async Task The_connections_in_the_databases_are_for_TLS()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);

        Assert.Equal(
            [new Connection($"pssl:6641:{fixture.Cluster.VirtualIp}", 5000)],
            await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation)
        );
        Assert.Equal(
            [new Connection($"pssl:6642:{fixture.Cluster.VirtualIp}", 5000)],
            await ConnectionRows.ReadAsync(active, OvnDatabase.Southbound, cancellation)
        );
    }

    // A planned move would prove less: servers whose files are gone lose their connections, and the closing marker may not come through.
    [Fact(Timeout = Limit)]
    public async Task A_connection_that_an_operator_sets_in_place_of_all_others_stays_and_locks_nobody_out()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);
        var own = new Connection($"pssl:6641:{fixture.Cluster.VirtualIp}", 5000);
        await active.ExecCheckedAsync(["ovn-nbctl", "--timeout=10", "set-connection", "pssl:6641"], cancellationToken: cancellation);
        try
        {
            await Eventually.EqualAsync(
                [new("pssl:6641", null), own],
                async () => await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation),
                cancellation
            );
            await fixture.HoldAsync("a row was added beside the operator's");

            // The second one leaves a server that was promoted with the row in its data.
            for (var i = 0; i < 2; i++)
            {
                var after = await fixture.SwitchOverAsync(cancellation);
                active = fixture.Cluster.Node(after.Status.PromotedNode(fixture.Shape.CloneId)!);
                Assert.Equal([new("pssl:6641", null), own], await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation));
            }
        }
        finally
        {
            await active.ExecAsync(
                [
                    "ovn-nbctl",
                    "--timeout=10",
                    "set-connection",
                    own.Target,
                    "--",
                    "set",
                    "connection",
                    ".",
                    $"inactivity_probe={own.Probe}",
                ],
                cancellationToken: CancellationToken.None
            );
        }

        await fixture.HoldAsync("the operator's row is gone");
    }

    [Fact(Timeout = Limit)]
    public async Task Certificates_that_are_missing_for_a_moment_keep_no_node_from_being_promoted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var nodes = fixture.Cluster.Nodes;
        await fixture.ForgetFailuresAsync(nodes[0], cancellation);

        // A copy that lost its source in a test before counts from its node's next monitors on.
        await fixture.HoldAsync(
            "the backup may be promoted",
            also: now =>
                nodes.All(node => now.Status.PromotionScore(fixture.Shape.Resource, node.Name) is 5 or 10)
                    ? null
                    : "a node is not promotable yet"
        );
        var (view, active, backup) = await fixture.LookAsync(cancellation);
        foreach (var node in nodes)
        {
            await node.ExecCheckedAsync(["mv", "/etc/ovn-tls", "/etc/ovn-tls.away"], cancellationToken: cancellation);
        }

        try
        {
            await active.SignalAsync(view[active.Name].Northbound.Pid, "KILL", cancellation);
            var status = await fixture.Cluster.WaitForAsync(
                "promotion without certificates",
                status => status.PromotedNode(fixture.Shape.CloneId) == backup.Name,
                ShapeFixture.Recovery,
                cancellation
            );
            Assert.DoesNotContain(status.FailedActions, failure => failure.Node == backup.Name);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.ExecAsync(["mv", "/etc/ovn-tls.away", "/etc/ovn-tls"], cancellationToken: CancellationToken.None);
            }

            // A server that does not run cannot be started without them.
            await nodes[0].ExecAsync(["crm_resource", "--cleanup"], cancellationToken: CancellationToken.None);
        }

        await fixture.HoldAsync("the certificates are back");
    }

    [Fact(Timeout = Limit)]
    public async Task While_clients_are_held_to_a_role_a_chassis_writes_nothing_else_at_the_nodes_own_address()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, former, active) = await fixture.LookAsync(cancellation);
        await fixture.ForgetFailuresAsync(former, cancellation);

        // From here on the invariants do not hold: their rows are written by a client.
        await SetRoleAsync("ovn-controller", cancellation);
        try
        {
            await MoveAsync(former, active, cancellation);

            var targets = (await ConnectionRows.ReadAsync(active, OvnDatabase.Southbound, cancellation)).Select(row => row.Target);
            Assert.Equal([$"pssl:6642:{active.Address}", $"pssl:6642:{fixture.Cluster.VirtualIp}"], targets);
            Assert.Contains("permission error", await WriteAsChassisAsync(Southbound, cancellation), StringComparison.Ordinal);
            Assert.Contains(
                "read only mode",
                await WriteAsChassisAsync($"ssl:{active.Address}:6642", cancellation),
                StringComparison.Ordinal
            );

            // The backup replicates through the address that takes no writes. The local socket has no role.
            await active.ExecCheckedAsync(
                ["ovn-sbctl", "--timeout=10", "chassis-add", "by-socket", "geneve", "192.0.2.77"],
                cancellationToken: cancellation
            );
            await Eventually.EqualAsync(
                ["by-socket"],
                async () =>
                    (await RowReader.ReadLocalNamesAsync(OvnDatabase.Southbound, former, cancellation)).Where(name => name == "by-socket"),
                cancellation
            );
        }
        finally
        {
            await SetRoleAsync("", CancellationToken.None);

            // An open listener of OVS 3.1 keeps the role that it had.
            await MoveAsync(active, former, CancellationToken.None);
        }

        await fixture.HoldAsync("clients are held to no role");
        Assert.Single(await ConnectionRows.ReadAsync(former, OvnDatabase.Southbound, cancellation));
    }

    private async Task<string> ReadAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var result = await fixture.Client.ExecCheckedAsync(
            ["ovn-sbctl", "--timeout=10", $"--db={Southbound}", .. fixture.Authority.Options("client"), .. arguments],
            cancellationToken: cancellationToken
        );
        return result.Stdout.Trim();
    }

    private async Task MoveAsync(ClusterNode from, ClusterNode to, CancellationToken cancellationToken)
    {
        await from.ExecCheckedAsync(
            ["pcs", "resource", "ban", fixture.Leading, from.Name, "--promoted"],
            cancellationToken: cancellationToken
        );
        try
        {
            await fixture.Cluster.WaitForAsync(
                "the move",
                status => status.PromotedNode(fixture.Shape.CloneId) == to.Name,
                ShapeFixture.Recovery,
                cancellationToken
            );
        }
        finally
        {
            // A ban that stays is what the tests that follow would fail of.
            await from.ExecCheckedAsync(["pcs", "resource", "clear", fixture.Leading], cancellationToken: CancellationToken.None);
        }
    }

    // By its target: while there is a row for backups, "set connection ." is refused.
    private async Task SetRoleAsync(string role, CancellationToken cancellationToken)
    {
        var (_, active, _) = await fixture.LookAsync(cancellationToken);
        await active.ExecCheckedAsync(
            [
                "ovn-sbctl",
                "--timeout=10",
                $"--db=unix:{OvnDatabase.Southbound.Socket}",
                "set",
                "connection",
                $"pssl:6642:{fixture.Cluster.VirtualIp}",
                $"role=\"{role}\"",
            ],
            cancellationToken: cancellationToken
        );
    }

    // No chassis has business with meters.
    private async Task<string> WriteAsChassisAsync(string remote, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            [
                "ovn-sbctl",
                "--timeout=10",
                $"--db={remote}",
                .. fixture.Authority.Options("chassis"),
                "--id=@band",
                "create",
                "Meter_Band",
                "action=drop",
                "rate=1",
                "--",
                "create",
                "Meter",
                "name=forbidden",
                "unit=kbps",
                "bands=@band",
            ],
            cancellationToken
        );
        Assert.NotEqual(0, result.ExitCode);
        return result.Output;
    }

    private async Task RefusedAsync(string remote, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var port = int.Parse(remote.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(
            await Ports.IsOpenAsync(fixture.Cluster.VirtualIp, port, cancellationToken),
            "nobody listens, so that nothing is refused"
        );

        var result = await RunAsync(
            ["ovn-nbctl", "--timeout=4", $"--db={remote}", .. options, "ls-add", "must-not-appear"],
            cancellationToken
        );

        Assert.NotEqual(0, result.ExitCode);
        var rows = (await fixture.LookAsync(cancellationToken)).View.Nodes.SelectMany(node =>
            node.Northbound.Rows ?? new HashSet<string>()
        );
        Assert.DoesNotContain("must-not-appear", rows);
    }

    private Task<ExecResult> RunAsync(IEnumerable<string> command, CancellationToken cancellationToken) =>
        fixture.Client.ExecAsync(command, TimeSpan.FromSeconds(15), cancellationToken: cancellationToken);
}

[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TlsOnBookwormTests(TlsOnBookworm fixture) : TlsTests(fixture), IClassFixture<TlsOnBookworm>;

public sealed class TlsOnTrixieTests(TlsOnTrixie fixture) : TlsTests(fixture), IClassFixture<TlsOnTrixie>;
