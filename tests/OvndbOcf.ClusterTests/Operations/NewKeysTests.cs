using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Keys, certificates and the CA are replaced by <c>replace-keys.sh</c> while the databases are in use, and what comes of it where that is interrupted.</summary>
public abstract class NewKeysTests(TlsFixture fixture)
{
    private const int Limit = 400_000;
    private const string New = "/root/new-keys";
    private const int Never = -1_000_000;
    private static readonly string[] Names = ["ovnnb", "ovnsb"];
    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Remote => fixture.Shape.Remote(OvnDatabase.Northbound);

    private Pki Former => fixture.Authority;

    private Pki Next => fixture.OtherAuthority;

    [Fact(Timeout = Limit)]
    public async Task New_keys_and_then_a_new_CA_reach_every_server_while_a_client_writes()
    {
        var (before, active, backup) = await BeginAsync(TestContext.Current.CancellationToken);
        const string both = "/root/both-authorities.pem";
        await fixture.Client.ExecCheckedAsync(
            ["sh", "-c", $"cat {Former.CaCertificate} {Next.CaCertificate} > {both}"],
            cancellationToken: Cancellation
        );
        await using var writer = await TlsWriter.StartAsync(fixture.Client, Remote, Former.Options("client"), Cancellation);
        var open = KeepOpenAsync();

        await IssueAsync(Former, [.. Names, "renewed"]);
        await ReplaceEverywhereAsync(node => Former.InstallPairsAsync(node, New, Names, Cancellation));
        await writer.UseAsync(Former.Options("renewed"), Cancellation);
        await ShownAsync(Former);
        await ConnectAnewAsync(active, backup);
        await fixture.HoldAsync("new keys", also: AllCurrent);

        await ReplaceEverywhereAsync(node => InstallCaAsync(node, both));
        await writer.UseAsync(Former.OptionsTrusting("renewed", both), Cancellation);
        await ReplaceEverywhereAsync(node => Next.InstallPairsAsync(node, New, Names, Cancellation));
        await writer.UseAsync(Next.OptionsTrusting("client", both), Cancellation);
        await ReplaceEverywhereAsync(node => InstallCaAsync(node, Next.CaCertificate));
        await writer.UseAsync(Next.Options("client"), Cancellation);
        await ShownAsync(Next);
        await ConnectAnewAsync(active, backup);
        await RefusedAsync(Former.OptionsTrusting("renewed", Next.CaCertificate));
        await RefusedAsync(Next.OptionsTrusting("client", Former.CaCertificate));

        var after = await fixture.HoldAsync("a new CA", also: AllCurrent);
        Assert.Equal(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.Empty(after.Status.FailedActions);
        AssertSameServers(before, after);
        Assert.False(open.IsCompleted, "a connection that was open all the time was closed");

        var replaced = writer.Elapsed;
        await fixture.SwitchOverAsync(Cancellation);
        var report = await writer.StopAsync();
        var until = report with { Acknowledged = [.. report.Acknowledged.Where(row => row.At < replaced)], Elapsed = replaced };
        Tell(
            $"{report.Acknowledged.Count} rows, {report.Unanswered.Count} failed (the last: {report.LastFailure ?? "none"}); longest time without writes {until.LongestGap.Length.TotalSeconds:0.00} s while files were replaced, {report.LongestGapAfter(replaced)!.Length.TotalSeconds:0.00} s in the move"
        );
        fixture.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        await fixture.HoldAsync("every row is there", also: AllCurrent);
        Assert.True((await open).ExitCode != 0, "a connection outlived the server's role");
    }

    /// <summary>One of two files was replaced by hand when the backup's servers start anew: they have no key that fits.</summary>
    [Theory(Timeout = Limit)]
    [InlineData("cert")]
    [InlineData("privkey")]
    public async Task Half_a_pair_keeps_a_backup_that_starts_from_following_until_the_script_is_run(string half)
    {
        var (before, active, backup) = await BeginAsync(TestContext.Current.CancellationToken);
        await IssueAsync(Former, Names);
        foreach (var node in fixture.Cluster.Nodes)
        {
            await StageAsync(node, staged => Former.InstallPairsAsync(staged, New, Names, Cancellation));
        }

        await PutAsync(backup, [.. Names.Select(name => $"{name}-{half}.pem")]);

        // What runs has both of before.
        await ConnectAnewAsync(active, backup);
        await UntilAsync("the servers go on", view => Follows(view, backup) ? null : "the backup does not follow");

        await KillServersAsync(backup, before);
        await CutOffAsync(backup);
        var found = await CheckAsync(backup);
        Assert.Equal(2, found.Count(finding => finding.Id == "tls-key-mismatch"));

        foreach (var node in fixture.Cluster.Nodes)
        {
            await ReplaceAsync(node);
        }

        await ShownAsync(Former);
        var after = await fixture.HoldAsync("the script has run", also: AllCurrent);
        Assert.Equal(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
    }

    /// <summary>The script refuses this; somebody does it by hand.</summary>
    [Fact(Timeout = Limit)]
    public async Task A_backup_that_was_left_out_of_a_new_CA_is_cut_off_when_it_starts_and_follows_with_the_files()
    {
        var (before, active, backup) = await BeginAsync(TestContext.Current.CancellationToken);
        await StageAsync(active, node => Next.InstallAsync(node, New, Names, Cancellation));
        await PutAsync(active, AllFiles);
        await ShownAsync(Next);
        await KillServersAsync(backup, before);
        await CutOffAsync(backup);
        await CheckAsync(backup);

        await StageAsync(backup, node => Next.InstallAsync(node, New, Names, Cancellation));
        await ReplaceAsync(backup);
        var after = await fixture.HoldAsync("the files are everywhere", also: AllCurrent);
        Assert.Equal(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
    }

    [Fact(Timeout = Limit)]
    public async Task Files_that_do_not_fit_are_refused_and_nothing_is_replaced()
    {
        var (_, _, backup) = await BeginAsync(TestContext.Current.CancellationToken);
        await RefusesAsync(backup, "has no file for ovndb", _ => Task.CompletedTask);
        await RefusesAsync(
            backup,
            "is no private key",
            node => node.WriteFileAsync($"{New}/ovnsb-privkey.pem", "nothing\n", cancellationToken: Cancellation)
        );
        await RefusesAsync(
            backup,
            "ovnsb-privkey.pem is not the key of",
            node => Former.InstallPairsAsync(node, New, Names, Cancellation),
            "ovnnb-privkey.pem",
            "ovnsb-privkey.pem"
        );
        await RefusesAsync(backup, "is not good for sslserver", node => Next.InstallPairsAsync(node, New, Names, Cancellation));
        await RefusesAsync(backup, "the new ones would not", node => Next.InstallAsync(node, New, Names, Cancellation));
    }

    private static IReadOnlyList<string> AllFiles =>
        [.. Names.SelectMany(name => new[] { $"{name}-cert.pem", $"{name}-privkey.pem" }), "cacert.pem"];

    /// <summary>Waits until all is well with the fixture's own CA; a test may have left another one.</summary>
    private async Task<(ClusterView View, ClusterNode Active, ClusterNode Backup)> BeginAsync(CancellationToken cancellationToken)
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

    private static async Task IssueAsync(Pki authority, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            await authority.IssueAsync(name, Cancellation);
        }
    }

    private async Task InstallCaAsync(ClusterNode node, string file) =>
        await node.WriteFileAsync(
            $"{New}/cacert.pem",
            await fixture.Client.ReadFileAsync(file, Cancellation),
            cancellationToken: Cancellation
        );

    private static async Task StageAsync(ClusterNode node, Func<ClusterNode, Task> install)
    {
        await node.ExecCheckedAsync(["rm", "-rf", New], cancellationToken: Cancellation);
        await node.ExecCheckedAsync(["mkdir", New], cancellationToken: Cancellation);
        await install(node);
    }

    /// <summary>What somebody does by hand: each file takes its place, in this order, and the servers have time to look between.</summary>
    private static Task<ExecResult> PutAsync(ClusterNode node, IEnumerable<string> files) =>
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

    private static async Task ReplaceAsync(ClusterNode node)
    {
        var result = await RunAsync(node);
        Tell($"{node.Name}: {result.Output.Trim()}");
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private async Task ReplaceEverywhereAsync(Func<ClusterNode, Task> install)
    {
        foreach (var node in fixture.Cluster.Nodes)
        {
            await StageAsync(node, install);
            await ReplaceAsync(node);
        }
    }

    private static async Task RefusesAsync(ClusterNode node, string reason, Func<ClusterNode, Task> install, params string[] copy)
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
    private async Task ShownAsync(Pki authority)
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
    private static async Task ConnectAnewAsync(ClusterNode active, ClusterNode backup)
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
    private Task<ExecResult> KeepOpenAsync() =>
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
            TimeSpan.FromMilliseconds(Limit),
            cancellationToken: Cancellation
        );

    private async Task RefusedAsync(IReadOnlyList<string> options)
    {
        var result = await fixture.Client.ExecAsync(
            ["ovsdb-client", "--timeout=5", .. options, "list-dbs", Remote],
            cancellationToken: Cancellation
        );
        Tell(result.Output.Trim());
        Assert.NotEqual(0, result.ExitCode);
    }

    private static async Task KillServersAsync(ClusterNode node, ClusterView view)
    {
        await node.SignalAsync(view[node.Name].Northbound.Pid, "KILL", Cancellation);
        await node.SignalAsync(view[node.Name].Southbound.Pid, "KILL", Cancellation);
    }

    /// <summary>Waits until the servers run again, and the agent says that they must not be promoted.</summary>
    private async Task CutOffAsync(ClusterNode backup)
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

    private async Task<IReadOnlyList<CheckFinding>> CheckAsync(ClusterNode node)
    {
        var found = await CheckRun.RunAsync(node, fixture.Shape.Resource, Cancellation);
        Tell(string.Join('\n', found.Select(finding => $"{finding.Severity} {finding.Id}: {finding.Reason} [{finding.Command}]")));
        return found;
    }

    private async Task UntilAsync(string what, Func<ClusterView, string?> missing)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (missing((await fixture.LookAsync(Cancellation)).View) is { } problem)
        {
            Assert.True(clock.Elapsed < ShapeFixture.Recovery, $"{what}: {problem}");
            await Task.Delay(TimeSpan.FromMilliseconds(400), Cancellation);
        }
    }

    private static bool Follows(ClusterView view, ClusterNode backup) =>
        new[] { view[backup.Name].Northbound, view[backup.Name].Southbound }.All(server =>
            server.Status is { Role: SyncRole.Backup, Replication: Replication.Replicating }
        );

    private string? AllCurrent(ClusterView view) =>
        fixture.Cluster.Nodes.All(node => view.Status.PromotionScore(fixture.Shape.Resource, node.Name) is 5 or 10)
            ? null
            : "a node is not promotable yet";

    private void AssertSameServers(ClusterView before, ClusterView after) =>
        Assert.All(
            fixture.Cluster.Nodes.Select(node => node.Name),
            node =>
            {
                Assert.Equal(before[node].Northbound.Process, after[node].Northbound.Process);
                Assert.Equal(before[node].Southbound.Process, after[node].Southbound.Process);
            }
        );

    private static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}

[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormNewKeysTests(TlsOnBookworm fixture) : NewKeysTests(fixture), IClassFixture<TlsOnBookworm>;
