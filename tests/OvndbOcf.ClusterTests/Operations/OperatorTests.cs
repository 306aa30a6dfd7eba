using System.Text.Json;
using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What <c>ovndbctl</c> changes in databases that are in use: backups, and rows that are brought back.</summary>
public abstract class OperatorTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Root = "/root/ovndbctl-backups";
    private const int Refused = 4;

    [Fact(Timeout = 300_000)]
    public async Task A_wrong_delete_is_undone_from_a_backup_by_row_and_as_a_whole()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(20);
        var database = OvnDatabase.Northbound;
        var wanted = await RowReader.ReadLocalNamesAsync(database, active, Cancellation);
        var record = await RecordAsync(active);

        // Over the socket there, and through the clients' address from elsewhere.
        foreach (var node in (ClusterNode[])[active, backups[0]])
        {
            await node.ExecCheckedAsync(["rm", "-rf", Root], cancellationToken: Cancellation);
            var made = await OvndbctlAsync(node, 0, "backup", $"{Root}/one");
            Assert.Contains("ovnnb_db.db", made, StringComparison.Ordinal);
        }

        Assert.Contains("is there already", await OvndbctlAsync(active, Refused, "backup", $"{Root}/one"), StringComparison.Ordinal);
        Assert.Contains(
            ": no difference.",
            await OvndbctlAsync(active, 0, "restore", $"{Root}/one", "--database", "nb"),
            StringComparison.Ordinal
        );

        await BringOneBackAsync(active, backups[0], wanted.First());
        await PruneAsync(active);
        Assert.Empty(await RowReader.ReadLocalNamesAsync(database, active, Cancellation));
        string[] restore = ["restore", $"{Root}/one", "--database", "nb"];
        Assert.Contains(database.Table, await OvndbctlAsync(backups[0], 0, [.. restore, "--dry-run"]), StringComparison.Ordinal);
        Assert.Contains("no terminal", await OvndbctlAsync(backups[0], Refused, restore), StringComparison.Ordinal);
        Assert.Empty(await RowReader.ReadLocalNamesAsync(database, active, Cancellation));
        Assert.Contains("What was there before: ", await OvndbctlAsync(backups[0], 0, [.. restore, "--yes"]), StringComparison.Ordinal);
        Assert.Equal(wanted.Order(), (await RowReader.ReadLocalNamesAsync(database, active, Cancellation)).Order());
        foreach (var row in wanted)
        {
            Ledger.Add(database, row);
        }

        // The marks stayed: no copy had to be measured anew.
        await HoldAsync("restored", ReturnLimit, also: AllCurrent);
        Assert.Equal(record.Marker, (await RecordAsync(active)).Marker);
        await MoveAsync(active, backups[0], record.Marker.Number);
    }

    /// <summary>Deletes a row, and brings it back with the UUID that it had.</summary>
    private static async Task BringOneBackAsync(ClusterNode active, ClusterNode backup, string name)
    {
        var database = OvnDatabase.Northbound;
        var before = await UuidAsync(active, name);
        await active.ExecCheckedAsync(["ovn-nbctl", "ls-del", name], cancellationToken: Cancellation);
        string[] bring = ["snapshots", "restore", $"{Root}/one/ovnnb_db.db", "--table", database.Table, "--row", name];
        Assert.Contains($"{database.Table}: insert 1", await OvndbctlAsync(backup, 0, [.. bring, "--dry-run"]), StringComparison.Ordinal);
        Assert.DoesNotContain(name, await RowReader.ReadLocalNamesAsync(database, active, Cancellation));
        Assert.Contains("1 row is back.", await OvndbctlAsync(backup, 0, bring), StringComparison.Ordinal);
        Assert.Equal(before, await UuidAsync(active, name));
        Assert.Contains("active database already", await OvndbctlAsync(active, Refused, bring), StringComparison.Ordinal);
    }

    private static async Task<string> UuidAsync(ClusterNode node, string name) =>
        (
            await node.ExecCheckedAsync(
                ["ovn-nbctl", "--bare", "--columns=_uuid", "find", OvnDatabase.Northbound.Table, $"name={name}"],
                cancellationToken: Cancellation
            )
        ).Stdout.Trim();

    private static async Task<string> OvndbctlAsync(ClusterNode node, int status, params string[] arguments)
    {
        var result = await node.ExecAsync(["ovndbctl", .. arguments], cancellationToken: Cancellation);
        Tell($"{node.Name}# ovndbctl {string.Join(' ', arguments)}\n{result.Output}");
        Assert.True(result.ExitCode == status, $"{result.ExitCode}: {result.Output}");
        return result.Output;
    }

    /// <summary>Moves the active databases, and finds both promotions in the history.</summary>
    private async Task MoveAsync(ClusterNode active, ClusterNode to, long number)
    {
        await OvndbctlAsync(active, 0, "switchover", "--to", to.Name);
        var history = await to.ExecCheckedAsync(["ovndbctl", "history", "--output", "json"], cancellationToken: Cancellation);
        using var document = JsonDocument.Parse(history.Stdout);
        var (latest, former) = (document.RootElement.GetProperty("promotions")[0], document.RootElement.GetProperty("promotions")[1]);
        Assert.Equal((number + 1, to.Name, "Planned"), Told(latest));
        Assert.Equal((number, active.Name), (former.GetProperty("number").GetInt64(), former.GetProperty("node").GetString()));
        Assert.NotNull(former.GetProperty("end").GetString());
        await HoldAsync("moved", FailoverLimit, also: view => Promoted(view) == to.Name ? AllCurrent(view) : "not moved yet");
    }

    private static (long, string?, string?) Told(JsonElement promotion) =>
        (promotion.GetProperty("number").GetInt64(), promotion.GetProperty("node").GetString(), promotion.GetProperty("cause").GetString());
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormOperatorTests(BookwormLifecycleCluster lifecycle) : OperatorTests(lifecycle);
