using System.Diagnostics;
using System.Text.Json.Nodes;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>With a large database the active server is patient with its backups, which answer nothing while they take in a dump; nobody else has to know.</summary>
public abstract class LargeDatabaseTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const int Rows = 20;
    private const int RowSize = 1 << 20;
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);

    // Within that time a backup's monitor has run, which comes every three seconds, and then one of the active instance.
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(400);

    [Fact(Timeout = 300_000)]
    public async Task The_active_server_of_a_large_database_is_patient_with_its_backups()
    {
        var (_, first) = await ReadyAsync(TestContext.Current.CancellationToken);
        var small = await ConnectionRows.ReadAsync(first, OvnDatabase.Northbound, Cancellation);
        try
        {
            Transact(OvnDatabase.Northbound, [.. Enumerable.Range(0, Rows).Select(Group)]);
            Transact(OvnDatabase.Southbound, [.. Enumerable.Range(0, Rows).SelectMany(Chassis)]);

            // The running one finds out at its next thorough look.
            await HoldAsync("large", FailoverLimit);
            await AssertSoonPatientAsync(first, small);

            await MoveAsync("large");
            var active = Cluster.Node(Promoted(await ObserveAsync()));
            await AssertPatientAsync(active, small);
            Assert.False(await ListensAsync(first), $"{first.Name} is a backup and listens at its own address");
            Assert.True(await ListensAsync(active));

            // Started again with the row in its data, it waits for its promotion before it lets others follow.
            var killed = (await ObserveAsync())[active.Name].Northbound;
            await SignalAsync(active, "KILL", killed.Pid);
            await HoldAsync(
                "SIGKILL with a large database",
                FailoverLimit,
                also: view => view[active.Name].Northbound.Process == killed.Process ? "it is still the old server" : null
            );
            Assert.Contains(
                await CommandLinesAsync(active),
                line =>
                    line.Contains("ovnnb_db.db", StringComparison.Ordinal)
                    && !line.Contains("NB_Global,connections", StringComparison.Ordinal)
            );
            await AssertPatientAsync(Cluster.Node(Promoted(await ObserveAsync())), small);
        }
        finally
        {
            Transact(OvnDatabase.Northbound, [.. Enumerable.Range(0, Rows).Select(number => Remove("HA_Chassis_Group", number))]);
            Transact(OvnDatabase.Southbound, [.. Enumerable.Range(0, Rows).Select(number => Remove("Chassis", number))]);
            await first.ExecAsync(["attrd_updater", "--name", "look", "--delete"], cancellationToken: Cancellation);
        }

        // A file gets short only when it is written anew, of what has arrived by then.
        await HoldAsync("emptied", FailoverLimit, also: NotPromotable);
        foreach (var node in Cluster.Nodes)
        {
            await node.ExecCheckedAsync(
                ["ovs-appctl", "-t", "/var/run/ovn/ovnnb_db.ctl", "ovsdb-server/compact"],
                cancellationToken: Cancellation
            );
            await node.ExecCheckedAsync(
                ["ovs-appctl", "-t", "/var/run/ovn/ovnsb_db.ctl", "ovsdb-server/compact"],
                cancellationToken: Cancellation
            );
        }

        // Backups are not cut off for a row that nobody needs any more: it loses its patience, and goes with the next promotion.
        var before = Cluster.Node(Promoted(await ObserveAsync()));
        await before.ExecCheckedAsync(["attrd_updater", "--name", "look", "--update", "2"], cancellationToken: Cancellation);
        await Eventually.EqualAsync(
            [small.Count + 1],
            async () =>
                [(await ConnectionRows.ReadAsync(before, OvnDatabase.Northbound, Cancellation)).Count(row => row.Probe is null or 5000)],
            Cancellation
        );
        await before.ExecCheckedAsync(["attrd_updater", "--name", "look", "--delete"], cancellationToken: Cancellation);
        for (var watched = Stopwatch.StartNew(); watched.Elapsed < Told; await Task.Delay(Look, Cancellation))
        {
            Assert.Null(NotPromotable(await ObserveAsync()));
        }

        await MoveAsync("small again");
        var last = Cluster.Node(Promoted(await ObserveAsync()));
        Assert.Equal(small, await ConnectionRows.ReadAsync(last, OvnDatabase.Northbound, Cancellation));
    }

    /// <summary>One row more in every copy of both databases.</summary>
    private async Task AssertPatientAsync(ClusterNode active, IReadOnlyList<Connection> small)
    {
        foreach (var node in Cluster.Nodes)
        {
            foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
            {
                var rows = await ConnectionRows.ReadAsync(node, database, Cancellation);
                Assert.Equal(small.Count + 1, rows.Count);
                var added = Assert.Single(rows, row => row.Target == $"ptcp:{database.Port}:{active.Address}");
                Assert.InRange(added.Probe!.Value, 32_000, 128_000);
            }
        }
    }

    private async Task AssertSoonPatientAsync(ClusterNode active, IReadOnlyList<Connection> small)
    {
        // Any change of an attribute makes the next monitor a thorough one, which would come within a minute anyway.
        await active.ExecCheckedAsync(["attrd_updater", "--name", "look", "--update", "1"], cancellationToken: Cancellation);
        await RowsAsync(active, small.Count + 1);
        await HoldAsync("patient", FailoverLimit, also: NotPromotable);
        await AssertPatientAsync(active, small);
    }

    private static Task RowsAsync(ClusterNode active, int count) =>
        Eventually.EqualAsync(
            [count, count],
            async () =>
                [
                    (await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, Cancellation)).Count,
                    (await ConnectionRows.ReadAsync(active, OvnDatabase.Southbound, Cancellation)).Count,
                ],
            Cancellation
        );

    private async Task MoveAsync(string occasion)
    {
        var target = Backup(await HoldAsync($"before the move, {occasion}", FailoverLimit, also: NotPromotable)).Name;
        await PcsAsync("resource", "move", Shape.CloneId, target, "--promoted");
        await HoldAsync(
            $"move, {occasion}",
            FailoverLimit,
            also: view => Promoted(view) == target ? null : $"promoted is {Promoted(view)}, not {target}"
        );
    }

    private static async Task<bool> ListensAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["ss", "-Hltn"], cancellationToken: Cancellation)).Stdout.Contains(
            $"{node.Address}:6641",
            StringComparison.Ordinal
        );

    private static async Task<string[]> CommandLinesAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["ps", "-C", "ovsdb-server", "-ww", "-o", "args="], cancellationToken: Cancellation)).Stdout.Split(
            '\n'
        );

    private void Transact(OvnDatabase database, IReadOnlyList<JsonObject> operations)
    {
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(Cluster.VirtualIp, database.Port), Deadline.After(WriteLimit));
        var result = client.Transact(database.Name, operations, Deadline.After(WriteLimit));
        Assert.True(result.Committed, $"{result.Error}");
    }

    private static JsonObject Remove(string table, int number) =>
        OvsdbOperation.Delete(table, OvsdbOperation.Where(OvsdbOperation.Condition("name", "==", JsonValue.Create($"large-{number}"))));

    // ovn-northd has nothing to do for these, and leaves them alone.
    private static JsonObject Group(int number) =>
        OvsdbOperation.Insert(
            "HA_Chassis_Group",
            new JsonObject { ["name"] = $"large-{number}", ["external_ids"] = OvsdbValue.Map(("x", new string('x', RowSize))) }
        );

    private static IEnumerable<JsonObject> Chassis(int number)
    {
        yield return OvsdbOperation.Insert(
            "Encap",
            new JsonObject
            {
                ["type"] = "geneve",
                ["ip"] = $"10.255.0.{number}",
                ["chassis_name"] = $"large-{number}",
            },
            $"encap{number}"
        );
        yield return OvsdbOperation.Insert(
            "Chassis",
            new JsonObject
            {
                ["name"] = $"large-{number}",
                ["encaps"] = OvsdbValue.Set(OvsdbValue.NamedUuid($"encap{number}")),
                ["external_ids"] = OvsdbValue.Map(("x", new string('x', RowSize))),
            }
        );
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormLargeDatabaseTests(BookwormLifecycleCluster lifecycle) : LargeDatabaseTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieLargeDatabaseTests(TrixieLifecycleCluster lifecycle) : LargeDatabaseTests(lifecycle);
