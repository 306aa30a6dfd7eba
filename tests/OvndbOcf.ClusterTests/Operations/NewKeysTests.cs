using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Keys, certificates and the CA are replaced by <c>replace-keys.sh</c> while the databases are in use, and what comes of it where that is interrupted.</summary>
public abstract class NewKeysTests(TlsFixture fixture) : NewKeysSteps(fixture)
{
    private const int Limit = 400_000;

    private readonly TlsFixture fixture = fixture;

    [Fact(Timeout = Limit)]
    public async Task New_keys_and_then_a_new_CA_reach_every_server_while_a_client_writes_and_the_former_ones_come_back()
    {
        var (before, active, backup) = await BeginAsync(TestContext.Current.CancellationToken);
        const string both = "/root/both-authorities.pem";
        await fixture.Client.ExecCheckedAsync(
            ["sh", "-c", $"cat {Former.CaCertificate} {Next.CaCertificate} > {both}"],
            cancellationToken: Cancellation
        );
        await using var writer = await TlsWriter.StartAsync(
            fixture.Client,
            OvnDatabase.Northbound,
            Remote,
            Former.Options("client"),
            Cancellation
        );
        var open = KeepOpenAsync();

        await IssueAsync(Former, [.. Names, "renewed"]);

        // Interrupted here, nodes have different keys for as long as nobody goes on.
        await StageAsync(backup, node => Former.InstallPairsAsync(node, New, Names, Cancellation));
        await ReplaceAsync(backup);
        await ConnectAnewAsync(active, backup);
        await UntilAsync("new keys on one node", view => Follows(view, backup) ? null : "the backup does not follow");

        await ReplaceEverywhereAsync(node => Former.InstallPairsAsync(node, New, Names, Cancellation));
        await writer.UseAsync(Former.Options("renewed"), Cancellation);
        await ShownAsync(Former);
        await ConnectAnewAsync(active, backup);
        await fixture.HoldAsync("new keys", also: AllCurrent);

        await ChangeAuthorityAsync(writer, both, (Former, "renewed"), (Next, "client"));
        await ConnectAnewAsync(active, backup);
        await RefusedAsync(Former.OptionsTrusting("renewed", Next.CaCertificate));
        await RefusedAsync(Next.OptionsTrusting("client", Former.CaCertificate));
        await fixture.HoldAsync("a new CA", also: AllCurrent);

        await ChangeAuthorityAsync(writer, both, (Next, "client"), (Former, "renewed"));
        await ConnectAnewAsync(active, backup);
        await RefusedAsync(Next.OptionsTrusting("client", Former.CaCertificate));

        var after = await fixture.HoldAsync("the former CA again", also: AllCurrent);
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
        Assert.True(until.Acknowledged.Count == TlsWriter.Number(until.Acknowledged[^1].Name), "a write failed while files were replaced");
        fixture.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        await fixture.HoldAsync("every row is there", also: AllCurrent);
        Assert.True((await open).ExitCode != 0, "a connection outlived the server's role");
    }

    /// <summary>The three steps of the page, each on all nodes and then in the client that writes.</summary>
    private async Task ChangeAuthorityAsync(
        TlsWriter writer,
        string both,
        (Pki Authority, string Client) from,
        (Pki Authority, string Client) to
    )
    {
        await ReplaceEverywhereAsync(node => InstallCaAsync(node, both));
        await writer.UseAsync(from.Authority.OptionsTrusting(from.Client, both), Cancellation);
        await ReplaceEverywhereAsync(node => to.Authority.InstallPairsAsync(node, New, Names, Cancellation));
        await writer.UseAsync(to.Authority.OptionsTrusting(to.Client, both), Cancellation);
        await ReplaceEverywhereAsync(node => InstallCaAsync(node, to.Authority.CaCertificate));
        await writer.UseAsync(to.Authority.Options(to.Client), Cancellation);
        await ShownAsync(to.Authority);
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

    private const string AuthorityFile = $"{TlsFixture.Directory}/cacert.pem";
    private const string Renewed = "/root/renewed.pem";

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

        // As certmonger and certbot leave it: they renew what is behind the link.
        await backup.ExecCheckedAsync(
            ["sh", "-c", $"mv {AuthorityFile} {Renewed} && ln -s {Renewed} {AuthorityFile}"],
            cancellationToken: Cancellation
        );
        await RefusesAsync(backup, $"{AuthorityFile} is a link to {Renewed}", node => Former.InstallAsync(node, New, Names, Cancellation));
        await backup.ExecCheckedAsync(["mv", "-f", Renewed, AuthorityFile], cancellationToken: Cancellation);
    }
}

[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormNewKeysTests(TlsOnBookworm fixture) : NewKeysTests(fixture), IClassFixture<TlsOnBookworm>;
