using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What the tests have in common in which another agent is put in place while clients write, and that is killed.</summary>
public abstract class ReplacementSteps(LifecycleCluster lifecycle) : InterruptedSteps(lifecycle)
{
    /// <summary>Where Pacemaker looks for the agent.</summary>
    protected const string Place = OvnCommon.Place;

    /// <summary>A copy of OVN's shell agent, as the package takes that one's place.</summary>
    protected const string ShellAgent = "/root/shell-agent";

    /// <summary>This agent, where the image has it beside its place.</summary>
    protected const string NativeAgent = "/usr/share/doc/ovndb-ocf/agent/ovndb-servers";

    private const int Killed = 137;

    // What dpkg, agent-place and replace-agent.sh write beside the files that they replace.
    private static readonly string[] FindRemains =
    [
        "find",
        "/usr",
        "-xdev",
        "(",
        "-name",
        "*.dpkg-new",
        "-o",
        "-name",
        "*.dpkg-tmp",
        "-o",
        "-name",
        "*ovndb-servers*claimed*",
        "-o",
        "-name",
        "ovndb-servers.new",
        ")",
    ];

    // For the monitors of both roles to run what is there.
    private static readonly TimeSpan SomeMonitors = TimeSpan.FromSeconds(5);

    /// <summary>Kills a command, and all that it has started, at one moment.</summary>
    private protected static async Task KillAsync(ClusterNode node, ReplacementKill kill, params IEnumerable<string> command)
    {
        var tools = ReplacementKill.Tools;
        await node.ExecCheckedAsync(["rm", "-rf", tools], cancellationToken: Cancellation);
        await node.WriteFileAsync($"{tools}/{kill.Program}", kill.Script, "0755", Cancellation);
        Tell($"killed at {kill}");
        await RunAsync(node, Killed, ["setsid", "--wait", "env", $"PATH={tools}:/usr/sbin:/usr/bin:/sbin:/bin", .. command]);
    }

    /// <summary>Kills dpkg when it is about to do something to one file.</summary>
    protected static Task KillDpkgAsync(ClusterNode node, string call, string path, params IEnumerable<string> arguments) =>
        RunAsync(
            node,
            Killed,
            [
                "setsid",
                "--wait",
                "strace",
                "-o",
                "/dev/null",
                "-e",
                $"trace={call}",
                "-P",
                path,
                "-e",
                $"inject={call}:signal=KILL",
                "dpkg",
                .. arguments,
            ]
        );

    /// <summary>For some monitors there is a whole agent in the place, nothing fails, and nobody else is promoted.</summary>
    protected async Task WorksAsync(ClusterNode node, string promoted) =>
        await StaysAsync(
            $"an agent on {node.Name}",
            SomeMonitors,
            async () =>
            {
                var metaData = await node.ExecAsync(["env", "OCF_ROOT=/usr/lib/ocf", Place, "meta-data"], cancellationToken: Cancellation);
                var status = await Cluster.GetStatusAsync(Cancellation);
                return metaData.ExitCode != 0 || !metaData.Stdout.Contains("</resource-agent>", StringComparison.Ordinal)
                        ? $"no agent: {metaData.ExitCode}: {metaData.Output}"
                    : status.PromotedNode(Shape.CloneId) != promoted ? $"promoted is {status.PromotedNode(Shape.CloneId) ?? "nobody"}"
                    : NothingFailed(status);
            }
        );

    /// <summary>The node loses power as it is now, another one is promoted if it was promoted, and it comes back. Returns who is promoted.</summary>
    private protected async Task<ClusterNode> LosePowerAsync(InterruptedClients clients, ClusterNode node)
    {
        await clients.WaitForWritesAsync(10);
        var other = Cluster.Nodes.Single(one => one != node);
        clients.LosesPower();
        await node.PowerOffAsync(Cancellation);
        await PromotedAsync(other);
        await clients.WaitForWritesAsync(20);
        await ReturnedAsync(node);
        var view = await HoldAsync($"{node.Name} is back", ReturnLimit, also: AllCurrent);
        Assert.Equal(other.Name, Promoted(view));
        Assert.Null(NothingFailed(view.Status));
        return other;
    }

    /// <summary>The promotion goes to a node as planned, and nothing fails.</summary>
    protected async Task MoveAsync(ClusterNode target)
    {
        await HoldAsync($"before the move to {target.Name}", ReturnLimit, also: AllCurrent);
        await RunAsync(target, 0, "pcs", "resource", "move", Shape.CloneId, target.Name, "--promoted");
        var view = await HoldAsync("moved", ReturnLimit, also: now => Promoted(now) == target.Name ? AllCurrent(now) : "not moved");
        Assert.Null(NothingFailed(view.Status));
    }

    /// <summary>Clients of both databases, which write from now on; seldom, as these tests take long and the files grow.</summary>
    private protected async Task<InterruptedClients> SlowClientsAsync()
    {
        var clients = await ClientsAsync(100);
        clients.Interrupted();
        return clients;
    }

    /// <summary>
    /// Nobody writes any more, and each row that was acknowledged is in every copy. What had not been sent when a node lost power is in the files that this agent sets aside there; OVN's shell agent keeps nothing.
    /// </summary>
    private protected async Task KeepsAllRowsAsync(InterruptedClients clients, AgentLog log, bool shellAgent)
    {
        await clients.WaitForWritesAsync(20);
        Tell(await clients.StopAsync());
        await HoldAsync("nobody writes", ReturnLimit, also: AllCurrent);
        foreach (var database in Databases)
        {
            var acknowledged = clients.Names(database);
            var missing = acknowledged.Except(await RowReader.ReadLocalNamesAsync(database, Cluster.Nodes[0], Cancellation)).ToHashSet();
            Assert.Empty(missing.Except(clients.MaybeUnsent(database, missing)));
            var aside = new HashSet<string>();
            foreach (var node in Cluster.Nodes)
            {
                foreach (var file in (await log.SetAsideAsync(node, Cancellation)).Where(file => DatabaseOf(file) == database))
                {
                    aside.UnionWith(await RowsOfFileAsync(node, file));
                }
            }

            Tell(
                $"{database}: {missing.Count} rows are not served; {missing.Intersect(aside).Count()} of them are in a file that was set aside"
            );
            Assert.True(shellAgent || missing.IsSubsetOf(aside), $"lost: {string.Join(", ", missing.Except(aside))}");
            foreach (var row in acknowledged.Except(missing))
            {
                Ledger.Add(database, row);
            }
        }

        await HoldAsync("every row is in every copy", ReturnLimit, also: AllCurrent);

        // The clients wrote for so long that ovndbctl check tells to do that.
        await Task.WhenAll(Cluster.Nodes.Select(CompactAsync));
    }

    /// <summary>What dpkg knows of the package, such as <c>installed</c>.</summary>
    protected static async Task<string> StatusAsync(ClusterNode node) =>
        (
            await node.ExecCheckedAsync(
                ["dpkg-query", "--show", "--showformat=${db:Status-Status}", AgentPackage.Name],
                cancellationToken: Cancellation
            )
        ).Stdout;

    /// <summary>Fails if a file is left that was to take another one's name.</summary>
    protected static async Task NothingRemainsAsync(ClusterNode node) =>
        Assert.Equal("", (await node.ExecCheckedAsync(FindRemains, cancellationToken: Cancellation)).Stdout);

    /// <summary>Puts an agent in the place, as a file.</summary>
    protected static Task PutAsync(ClusterNode node, string agent) =>
        node.ExecCheckedAsync(
            ["sh", "-ec", $"install -m 755 \"$1\" {Place}.put; mv -fT {Place}.put {Place}", "put", agent],
            cancellationToken: Cancellation
        );

    private static string? NothingFailed(ClusterStatus status) =>
        status.FailedActions.Select(action => $"{action.Operation} failed on {action.Node}: {action.ExitReason}").FirstOrDefault();
}
