using System.Net;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Parameters that change while the databases are in use.</summary>
public abstract class ParameterChangeTests(ParameterChangeFixture fixture)
{
    private const int Limit = 180_000;

    // Pacemaker gives up an action whose result it never gets after the action's timeout and the cluster-delay, 80 s, and goes on.
    private static readonly TimeSpan LostAction = TimeSpan.FromSeconds(100);

    /// <summary>The ports of an operator's connections, which stay for the tests that follow.</summary>
    private static readonly int[] OperatorsPorts = [7641, 7642];

    [Fact(Timeout = Limit)]
    public async Task A_new_probe_interval_reaches_the_connections_without_a_restart_and_survives_a_promotion()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);

        await UpdateAsync("inactive_probe_interval=7000", cancellation);
        await ProbesAsync(active, 7000, cancellation);
        AssertSameServers(before, await fixture.HoldAsync("a new probe interval"));

        var after = await fixture.SwitchOverAsync(cancellation);
        await ProbesAsync(fixture.Cluster.Node(after.Status.PromotedNode(fixture.Shape.CloneId)!), 7000, cancellation);

        await UpdateAsync("inactive_probe_interval=", cancellation);
        await ProbesAsync(fixture.Cluster.Node(after.Status.PromotedNode(fixture.Shape.CloneId)!), 5000, cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task A_backup_that_was_active_before_gets_a_new_probe_interval_too()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, former, _) = await fixture.LookAsync(cancellation);
        await fixture.SwitchOverAsync(cancellation);

        // A server does not tell the interval that it has, but can log what it is told.
        await former.ExecCheckedAsync(
            ["ovs-appctl", "--timeout=5", "-t", "/run/ovn/ovnnb_db.ctl", "vlog/set", "unixctl:file:dbg"],
            cancellationToken: cancellation
        );

        // Pacemaker reloads no instance whose latest action is a demotion.
        await UpdateAsync("inactive_probe_interval_to_master=7000", cancellation);
        var waited = await former.ExecAsync(
            [
                "timeout",
                "75",
                "sh",
                "-c",
                "until grep -q 'set-active-ovsdb-server-probe-interval.*7000' /var/log/ovn/ovsdb-server-nb.log; do sleep 0.5; done",
            ],
            TimeSpan.FromSeconds(80),
            cancellationToken: cancellation
        );
        await former.ExecCheckedAsync(
            ["ovs-appctl", "--timeout=5", "-t", "/run/ovn/ovnnb_db.ctl", "vlog/set", "unixctl:file:info"],
            cancellationToken: cancellation
        );
        await UpdateAsync("inactive_probe_interval_to_master=", cancellation);
        Assert.Equal(0, waited.ExitCode);
        await fixture.HoldAsync("the interval is the former one again");
    }

    [Fact(Timeout = Limit)]
    public async Task Northd_comes_under_management_and_out_of_it_without_a_restart_of_the_databases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);

        await UpdateAsync("manage_northd=no", cancellation);
        var (unmanaged, _, _) = await fixture.LookAsync(cancellation);
        AssertSameServers(before, unmanaged);
        Assert.Empty(unmanaged[active.Name].NorthdProcesses);

        await UpdateAsync("manage_northd=yes", cancellation);
        var managed = await fixture.HoldAsync("northd is managed again");
        AssertSameServers(before, managed);
        Assert.NotEqual(before[active.Name].NorthdProcesses, managed[active.Name].NorthdProcesses);
    }

    [Fact(Timeout = Limit)]
    public async Task Servers_listen_on_changed_ports_only_and_on_the_former_ones_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await BecomeAsync(
            fixture.Shape with
            {
                NorthboundPort = 6651,
                SouthboundPort = 6652,
            },
            "nb_master_port=6651 sb_master_port=6652",
            cancellation
        );
        await BecomeAsync(fixture.Shape, "nb_master_port= sb_master_port=", cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task Plaintext_ends_where_the_protocol_becomes_TLS_and_comes_back_with_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var authority = new Pki(fixture.Cluster.Nodes[0], "/root/pki");
        await authority.CreateAsync(cancellation);
        foreach (var name in new[] { "ovnnb", "ovnsb" })
        {
            await authority.IssueAsync(name, cancellation);
        }

        // Where the parameters' defaults have them.
        const string Directory = "/etc/openvswitch";
        foreach (var node in fixture.Cluster.Nodes)
        {
            await authority.InstallAsync(node, Directory, ["ovnnb", "ovnsb"], cancellation);
        }

        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };
        await BecomeAsync(encrypted, "nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        var (_, active, _) = await fixture.LookAsync(cancellation);
        foreach (
            var end in new[]
            {
                $"{active.Address}:6641",
                $"{active.Address}:6642",
                $"{fixture.Cluster.VirtualIp}:6641",
                $"{fixture.Cluster.VirtualIp}:6642",
            }
        )
        {
            var plain = await active.ExecAsync(["ovsdb-client", "--timeout=2", "list-dbs", $"tcp:{end}"], cancellationToken: cancellation);
            Assert.True(plain.ExitCode != 0, $"{end} takes plaintext: {plain.Output}");
        }

        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task A_node_without_the_TLS_files_leaves_the_databases_to_one_that_has_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        const string Directory = "/etc/openvswitch";
        foreach (var node in fixture.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["sh", "-c", $"rm -f {Directory}/*.pem"], cancellationToken: cancellation);
        }

        await RestartAsync(cancellation);
        var (_, lacking, other) = await fixture.LookAsync(cancellation);
        string[] names = ["ovnnb", "ovnsb"];
        var authority = new Pki(fixture.Cluster.Nodes[0], "/root/pki-of-one");
        await authority.CreateAsync(cancellation);
        foreach (var name in names)
        {
            await authority.IssueAsync(name, cancellation);
        }

        await authority.InstallAsync(other, Directory, names, cancellation);
        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };

        await UpdateAsync("nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        await Eventually.EqualAsync(
            [other.Name],
            async () => [(await fixture.Cluster.GetStatusAsync(cancellation)).PromotedNode(fixture.Shape.CloneId) ?? "nobody"],
            cancellation
        );
        var served = await other.ExecAsync(
            [
                "ovn-nbctl",
                "--timeout=30",
                "--no-leader-only",
                $"--db=ssl:{fixture.Cluster.VirtualIp}:6641",
                .. encrypted.TlsOptions,
                "ls-add",
                "by-tls-from-one-node",
            ],
            cancellationToken: cancellation
        );
        Assert.True(served.ExitCode == 0, served.Output);

        await authority.InstallAsync(lacking, Directory, names, cancellation);
        await other.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        await fixture.Invariants(encrypted).HoldAsync("the files are there", ShapeFixture.Recovery);
        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    /// <summary>No server has a file by which it could be reached, so the script has nothing to compare with.</summary>
    [Fact(Timeout = Limit)]
    [Trait(TestLength.Name, TestLength.Long)]
    public async Task Where_all_nodes_lack_the_TLS_files_the_script_puts_them_there_by_force()
    {
        var cancellation = TestContext.Current.CancellationToken;
        const string Directory = "/etc/openvswitch";
        const string New = "/root/new-files";
        string[] names = ["ovnnb", "ovnsb"];
        var first = fixture.Cluster.Nodes[0];
        var authority = new Pki(first, "/root/pki-of-all");
        await authority.CreateAsync(cancellation);
        foreach (var name in names)
        {
            await authority.IssueAsync(name, cancellation);
        }

        foreach (var node in fixture.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["sh", "-c", $"rm -f {Directory}/*.pem && mkdir -p {New}"], cancellationToken: cancellation);
            await authority.InstallAsync(node, New, names, cancellation);
        }

        await RestartAsync(cancellation);
        await UpdateAsync("nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        await Eventually.EqualAsync(
            [.. fixture.Cluster.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal)],
            async () => await RefusedAsync(cancellation),
            cancellation
        );

        foreach (var node in fixture.Cluster.Nodes)
        {
            var script = ExampleScripts.Path("operations/replace-keys.sh");
            var refused = await node.ExecAsync([script, New], cancellationToken: cancellation);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("set FORCE=1", refused.Stderr, StringComparison.Ordinal);
            await node.ExecCheckedAsync(
                [script, New],
                environment: new Dictionary<string, string> { ["FORCE"] = "1" },
                cancellationToken: cancellation
            );
        }

        await first.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };
        await fixture.Invariants(encrypted).HoldAsync("the files are everywhere", ShapeFixture.Recovery);
        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    /// <summary>Servers that have read keys keep them, though the files are gone: they start anew without.</summary>
    private async Task RestartAsync(CancellationToken cancellation)
    {
        await fixture
            .Cluster.Nodes[0]
            .ExecCheckedAsync(["crm_resource", "--resource", fixture.Shape.CloneId, "--restart"], cancellationToken: cancellation);
        await fixture.HoldAsync("restart");
    }

    /// <summary>Where a promotion, or the start after it, has failed for good, once nobody is promoted.</summary>
    private async Task<string[]> RefusedAsync(CancellationToken cancellation)
    {
        var status = await fixture.Cluster.GetStatusAsync(cancellation);
        var resource = fixture.Shape.Resource;
        return status.PromotedNode(fixture.Shape.CloneId) is not null
            ? []
            :
            [
                .. status
                    .FailedActions.Where(action => action.Operation == $"{resource}_promote_0" || action.Operation == $"{resource}_start_0")
                    .Select(action => action.Node)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact(Timeout = Limit)]
    public async Task The_virtual_address_changes_by_one_script_and_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var former = fixture.Cluster.VirtualIp;
        byte[] bytes = former.GetAddressBytes();
        bytes[^1]++;
        var other = new IPAddress(bytes);
        await BecomeAsync(
            fixture.Shape with
            {
                Address = other,
            },
            () => MoveAddressAsync(other, cancellation),
            "another address",
            cancellation
        );
        await BecomeAsync(fixture.Shape, () => MoveAddressAsync(former, cancellation), "the former address", cancellation);
    }

    [Theory(Timeout = Limit)]
    [InlineData("inactive_probe_interval=abc")]
    [InlineData("inactive_probe_interval_to_master=abc")]
    [InlineData("manage_northd=perhaps")]
    public async Task A_wrong_value_of_a_parameter_that_can_change_keeps_the_databases_running(string parameter)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        var connections = await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation);

        await UpdateAsync(parameter, cancellation);
        var after = await fixture.HoldAsync(parameter);

        AssertSameServers(before, after);
        Assert.Empty(after.Status.FailedActions);
        Assert.Equal(connections, await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation));

        await UpdateAsync(
            $"{parameter.Split('=')[0]}={(parameter.StartsWith("manage", StringComparison.Ordinal) ? "yes" : "")}",
            cancellation
        );
        AssertSameServers(before, await fixture.HoldAsync("the value was corrected"));
    }

    [Fact(Timeout = Limit)]
    public async Task Connections_that_the_operator_made_survive_a_promotion()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);
        var own = await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation);
        Assert.Single(own);
        foreach (var port in OperatorsPorts)
        {
            await active.ExecCheckedAsync(
                [
                    "ovn-nbctl",
                    "--timeout=10",
                    "--id=@row",
                    "create",
                    "Connection",
                    $"target=\"ptcp:{port}:{active.Address}\"",
                    "inactivity_probe=1234",
                    "--",
                    "add",
                    "NB_Global",
                    ".",
                    "connections",
                    "@row",
                ],
                cancellationToken: cancellation
            );
        }

        var after = await fixture.SwitchOverAsync(cancellation);

        var rows = await ConnectionRows.ReadAsync(
            fixture.Cluster.Node(after.Status.PromotedNode(fixture.Shape.CloneId)!),
            OvnDatabase.Northbound,
            cancellation
        );
        Assert.Equal([.. own, .. OperatorsPorts.Select(port => new Connection($"ptcp:{port}:{active.Address}", 1234))], rows);
    }

    private static void AssertSameServers(ClusterView before, ClusterView after)
    {
        foreach (var node in before.Nodes)
        {
            Assert.Equal(node.Northbound.Process, after[node.Name].Northbound.Process);
            Assert.Equal(node.Southbound.Process, after[node.Name].Southbound.Process);
        }
    }

    /// <summary>Changes parameters under the running servers, and waits until the cluster is whole in its new shape, and active servers listen as it says, and nowhere else.</summary>
    private Task BecomeAsync(ClusterShape shape, string parameters, CancellationToken cancellationToken) =>
        BecomeAsync(shape, () => UpdateAsync(parameters, cancellationToken), parameters, cancellationToken);

    private async Task BecomeAsync(ClusterShape shape, Func<Task> change, string occasion, CancellationToken cancellationToken)
    {
        await change();
        await fixture.Invariants(shape).HoldAsync(occasion, ShapeFixture.Recovery, also: view => FindWrongSource(view, shape));
        var (_, active, _) = await fixture.LookAsync(cancellationToken);
        foreach (var node in fixture.Cluster.Nodes)
        {
            string[] wanted =
                node != active
                    ? []
                    :
                    [
                        .. new[] { shape.NorthboundPort, shape.SouthboundPort }
                            .SelectMany(port => new[] { $"{node.Address}:{port}", $"{shape.Address}:{port}" })
                            .Order(StringComparer.Ordinal),
                    ];
            await Eventually.EqualAsync(
                wanted,
                async () =>
                    (await Ports.ListenersAsync(node, cancellationToken)).Where(end =>
                        !OperatorsPorts.Any(port => end.EndsWith($":{port}", StringComparison.Ordinal))
                    ),
                cancellationToken
            );
        }
    }

    private async Task MoveAddressAsync(IPAddress address, CancellationToken cancellationToken)
    {
        await fixture
            .Cluster.Nodes[0]
            .ExecCheckedAsync(
                [ExampleScripts.Path("operations/change-address.sh")],
                environment: new Dictionary<string, string> { ["NEW"] = $"{address}" },
                cancellationToken: cancellationToken
            );
        await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellationToken);
    }

    private string? FindWrongSource(ClusterView view, ClusterShape shape) =>
        view.Status.PromotedNode(shape.CloneId) is { } promoted
        && fixture.Cluster.Node(promoted) is { } active
        && view.Nodes.FirstOrDefault(node =>
            node.Name != promoted
            && (
                node.Northbound.Status.Remote != shape.Source(OvnDatabase.Northbound, active)
                || node.Southbound.Status.Remote != shape.Source(OvnDatabase.Southbound, active)
            )
        )
            is { } backup
            ? $"{backup.Name} replicates from {backup.Northbound.Status.Remote} and {backup.Southbound.Status.Remote}"
            : null;

    /// <summary>Waits until the agent's connection in both databases has this inactivity probe.</summary>
    private async Task ProbesAsync(ClusterNode active, int milliseconds, CancellationToken cancellationToken)
    {
        await Eventually.EqualAsync(
            [new Connection($"ptcp:6641:{fixture.Cluster.VirtualIp}", milliseconds)],
            async () => Agents(await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellationToken)),
            cancellationToken
        );
        await Eventually.EqualAsync(
            [new Connection($"ptcp:6642:{fixture.Cluster.VirtualIp}", milliseconds)],
            async () => Agents(await ConnectionRows.ReadAsync(active, OvnDatabase.Southbound, cancellationToken)),
            cancellationToken
        );
    }

    private IEnumerable<Connection> Agents(IEnumerable<Connection> rows) =>
        rows.Where(row => row.Target.EndsWith($":{fixture.Cluster.VirtualIp}", StringComparison.Ordinal));

    /// <summary>
    /// Changes parameters, and waits until Pacemaker has told all instances. Monitors stop for that time: until the next one has told, an active instance looks like a backup to the cluster.
    /// </summary>
    private async Task UpdateAsync(string parameters, CancellationToken cancellationToken)
    {
        await fixture
            .Cluster.Nodes[0]
            .ExecCheckedAsync(
                ["pcs", "resource", "update", fixture.Shape.Resource, .. parameters.Split(' ')],
                cancellationToken: cancellationToken
            );
        await fixture.Cluster.WaitForIdleAsync(LostAction, cancellationToken);
    }
}

public sealed class ParameterChangeOnBookwormTests(ParameterChangeOnBookworm fixture)
    : ParameterChangeTests(fixture),
        IClassFixture<ParameterChangeOnBookworm>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class ParameterChangeOnTrixieTests(ParameterChangeOnTrixie fixture)
    : ParameterChangeTests(fixture),
        IClassFixture<ParameterChangeOnTrixie>;

/// <summary>virtual-ip.sh on two nodes.</summary>
public abstract class ParameterChangeFixture(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";
}

public sealed class ParameterChangeOnBookworm() : ParameterChangeFixture(DebianRelease.Bookworm);

public sealed class ParameterChangeOnTrixie() : ParameterChangeFixture(DebianRelease.Trixie);
