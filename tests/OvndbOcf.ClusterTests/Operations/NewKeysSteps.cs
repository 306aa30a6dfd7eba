using System.Diagnostics;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What is done to the TLS files of the servers, by script and by hand, and how to see what became of it.</summary>
/// <param name="fixture">The cluster.</param>
public abstract class NewKeysSteps(TlsFixture fixture)
{
    /// <summary>Where the files are that are to replace those in place.</summary>
    private protected const string New = "/root/new-keys";

    private const int Never = -1_000_000;

    /// <summary>The files' names begin with these.</summary>
    private protected static readonly string[] Names = ["ovnnb", "ovnsb"];

    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected string Remote => fixture.Shape.Remote(OvnDatabase.Northbound);

    private protected Pki Former => fixture.Authority;

    private protected Pki Next => fixture.OtherAuthority;

    /// <summary>All files of a node, in an order in which running servers read them.</summary>
    private protected static IReadOnlyList<string> AllFiles =>
        [.. Names.SelectMany(name => new[] { $"{name}-cert.pem", $"{name}-privkey.pem" }), "cacert.pem"];

    /// <summary>Waits until all is well with the fixture's own CA; a test may have left another one.</summary>
    private protected async Task<(ClusterView View, ClusterNode Active, ClusterNode Backup)> BeginAsync(CancellationToken cancellationToken)
    {
        await IssueAsync(Former, Names);
        await IssueAsync(Next, Names);
        foreach (var node in fixture.Cluster.Nodes)
        {
            await StageAsync(node, staged => Former.InstallAsync(staged, New, Names, Cancellation));
            await PutAsync(node, AllFiles);
        }

        await ShownAsync(Former);
        await fixture.ForgetFailuresAsync(fixture.Cluster.Nodes[0], Cancellation);
        await fixture.HoldAsync("before", also: AllCurrent);
        return await fixture.LookAsync(cancellationToken);
    }

    private protected static async Task IssueAsync(Pki authority, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            await authority.IssueAsync(name, Cancellation);
        }
    }

    private protected async Task InstallCaAsync(ClusterNode node, string file) =>
        await node.WriteFileAsync(
            $"{New}/cacert.pem",
            await fixture.Client.ReadFileAsync(file, Cancellation),
            cancellationToken: Cancellation
        );

    private protected static async Task StageAsync(ClusterNode node, Func<ClusterNode, Task> install)
    {
        await node.ExecCheckedAsync(["rm", "-rf", New], cancellationToken: Cancellation);
        await node.ExecCheckedAsync(["mkdir", New], cancellationToken: Cancellation);
        await install(node);
    }

    /// <summary>What somebody does by hand: each file takes its place, in this order, and the servers have time to look between.</summary>
    private protected static Task<ExecResult> PutAsync(ClusterNode node, IEnumerable<string> files) =>
        node.ExecCheckedAsync(
            [
                "sh",
                "-ec",
                $"for file; do cp {New}/$file {TlsFixture.Directory}/$file.put; mv {TlsFixture.Directory}/$file.put {TlsFixture.Directory}/$file; sleep 0.5; done",
                "put",
                .. files,
            ],
            cancellationToken: Cancellation
        );

    private static Task<ExecResult> RunAsync(ClusterNode node) =>
        node.ExecAsync([ExampleScripts.Path("operations/replace-keys.sh"), New], cancellationToken: Cancellation);

    private protected static async Task ReplaceAsync(ClusterNode node)
    {
        var result = await RunAsync(node);
        Tell($"{node.Name}: {result.Output.Trim()}");
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private protected async Task ReplaceEverywhereAsync(Func<ClusterNode, Task> install)
    {
        foreach (var node in fixture.Cluster.Nodes)
        {
            await StageAsync(node, install);
            await ReplaceAsync(node);
        }
    }

    private protected static async Task RefusesAsync(ClusterNode node, string reason, Func<ClusterNode, Task> install, params string[] copy)
    {
        await StageAsync(node, install);
        if (copy is [var from, var to])
        {
            await node.ExecCheckedAsync(["cp", $"{New}/{from}", $"{New}/{to}"], cancellationToken: Cancellation);
        }

        var before = await SumsAsync(node);
        var result = await RunAsync(node);
        Tell(result.Output.Trim());
        Assert.True(result.ExitCode == 1, result.Output);
        Assert.Contains(reason, result.Stderr, StringComparison.Ordinal);
        Assert.Equal(before, await SumsAsync(node));
    }

    private static async Task<string> SumsAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["sh", "-c", $"cd {TlsFixture.Directory} && sha256sum *"], cancellationToken: Cancellation)).Stdout;

    /// <summary>Waits until a new connection gets to see the certificates that were issued last.</summary>
    private protected async Task ShownAsync(Pki authority)
    {
        foreach (var (port, name) in new[] { (fixture.Shape.NorthboundPort, "ovnnb"), (fixture.Shape.SouthboundPort, "ovnsb") })
        {
            await Eventually.EqualAsync(
                [await CertificateAsync($"cat {authority.Certificate(name)}")],
                async () =>
                    [await CertificateAsync($"openssl s_client -connect {fixture.Cluster.VirtualIp}:{port} < /dev/null 2> /dev/null")],
                Cancellation
            );
        }
    }

    private async Task<string> CertificateAsync(string source) =>
        (
            await fixture.Client.ExecAsync(
                ["sh", "-c", $"{source} | openssl x509 -noout -subject -fingerprint -sha256"],
                cancellationToken: Cancellation
            )
        ).Output;

    /// <summary>Cuts the connections by which the backup replicates.</summary>
    private protected static async Task ConnectAnewAsync(ClusterNode active, ClusterNode backup)
    {
        foreach (var database in Databases)
        {
            var cut = await backup.ExecCheckedAsync(
                ["ss", "-HtK", "dst", $"{active.Address}", "dport", "=", $"{database.Port}"],
                cancellationToken: Cancellation
            );
            Assert.Contains("ESTAB", cut.Stdout, StringComparison.Ordinal);
        }
    }

    /// <summary>A client that is connected from now on until the server closes its connection.</summary>
    private protected Task<ExecResult> KeepOpenAsync() =>
        fixture.Client.ExecAsync(
            [
                "ovsdb-client",
                .. Former.Options("client"),
                "monitor",
                Remote,
                OvnDatabase.Northbound.Name,
                OvnDatabase.Northbound.Table,
                "name",
            ],
            TimeSpan.FromMinutes(6),
            cancellationToken: Cancellation
        );

    private protected async Task RefusedAsync(IReadOnlyList<string> options)
    {
        var result = await fixture.Client.ExecAsync(
            ["ovsdb-client", "--timeout=5", .. options, "list-dbs", Remote],
            cancellationToken: Cancellation
        );
        Tell(result.Output.Trim());
        Assert.NotEqual(0, result.ExitCode);
    }

    private protected static async Task KillServersAsync(ClusterNode node, ClusterView view)
    {
        await node.SignalAsync(view[node.Name].Northbound.Pid, "KILL", Cancellation);
        await node.SignalAsync(view[node.Name].Southbound.Pid, "KILL", Cancellation);
    }

    /// <summary>Waits until the servers run again, and the agent says that they must not be promoted.</summary>
    private protected async Task CutOffAsync(ClusterNode backup)
    {
        await UntilAsync(
            "cut off",
            view =>
                view[backup.Name] is not { Northbound.Process: not null, Southbound.Process: not null } ? "the servers do not run"
                : Follows(view, backup) ? "the backup follows"
                : view.Status.PromotionScore(fixture.Shape.Resource, backup.Name) == Never ? null
                : "the backup may be promoted"
        );
        Tell((await backup.ExecAsync(["ovndbctl", "list"], cancellationToken: Cancellation)).Output);
    }

    private protected async Task<IReadOnlyList<CheckFinding>> CheckAsync(ClusterNode node)
    {
        var found = await CheckRun.RunAsync(node, fixture.Shape.Resource, Cancellation);
        Tell(string.Join('\n', found.Select(finding => $"{finding.Severity} {finding.Id}: {finding.Reason} [{finding.Command}]")));
        return found;
    }

    private protected async Task UntilAsync(string what, Func<ClusterView, string?> missing)
    {
        var clock = Stopwatch.StartNew();
        while (missing((await fixture.LookAsync(Cancellation)).View) is { } problem)
        {
            Assert.True(clock.Elapsed < ShapeFixture.Recovery, $"{what}: {problem}");
            await Task.Delay(TimeSpan.FromMilliseconds(400), Cancellation);
        }
    }

    private protected static bool Follows(ClusterView view, ClusterNode backup) =>
        new[] { view[backup.Name].Northbound, view[backup.Name].Southbound }.All(server =>
            server.Status is { Role: SyncRole.Backup, Replication: Replication.Replicating }
        );

    private protected string? AllCurrent(ClusterView view) =>
        fixture.Cluster.Nodes.All(node => view.Status.PromotionScore(fixture.Shape.Resource, node.Name) is 5 or 10)
            ? null
            : "a node is not promotable yet";

    private protected void AssertSameServers(ClusterView before, ClusterView after) =>
        Assert.All(
            fixture.Cluster.Nodes.Select(node => node.Name),
            node =>
            {
                Assert.Equal(before[node].Northbound.Process, after[node].Northbound.Process);
                Assert.Equal(before[node].Southbound.Process, after[node].Southbound.Process);
            }
        );

    private protected static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
