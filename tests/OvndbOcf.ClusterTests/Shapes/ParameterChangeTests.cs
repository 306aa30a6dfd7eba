using System.Net;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Parameters that change while the databases are in use.</summary>
public abstract partial class ParameterChangeTests(ParameterChangeFixture fixture)
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
