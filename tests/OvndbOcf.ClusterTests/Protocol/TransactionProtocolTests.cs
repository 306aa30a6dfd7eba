using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Wire;
using Xunit;

namespace OvndbOcf.ClusterTests.Protocol;

public abstract class TransactionProtocolTests(OvsdbContainer servers) : ProtocolTests(servers)
{
    private const string Switches = "Logical_Switch";

    [Fact(Timeout = 60000)]
    public async Task A_server_tells_its_databases_schema_and_identity()
    {
        await Servers.Start("one").WaitAsync(TestContext.Current.CancellationToken);
        await Servers.Start("two").WaitAsync(TestContext.Current.CancellationToken);
        using var one = Connect("one");
        using var two = Connect("two");
        Assert.Equal([Nb, "_Server"], one.ListDatabases(Soon()).Order(StringComparer.Ordinal));
        var schema = one.GetSchema(Nb, Soon());
        Assert.Equal(Nb, OvsdbValue.Text(schema["name"]));
        Assert.NotNull(schema["tables"]![Switches]);
        Assert.Equal(one.GetServerId(Soon()), one.GetServerId(Soon()));
        Assert.NotEqual(one.GetServerId(Soon()), two.GetServerId(Soon()));
    }

    [Fact(Timeout = 60000)]
    public async Task Rows_are_inserted_selected_updated_mutated_and_deleted()
    {
        await Servers.Start("rows").WaitAsync(TestContext.Current.CancellationToken);
        using var client = Connect("rows");
        var inserted = Commit(
            client,
            OvsdbOperation.Insert("Logical_Switch_Port", new JsonObject { ["name"] = "port" }, "p"),
            OvsdbOperation.Insert(
                Switches,
                new JsonObject
                {
                    ["name"] = "größer \"quoted\"",
                    ["ports"] = OvsdbValue.Set(OvsdbValue.NamedUuid("p")),
                    ["external_ids"] = OvsdbValue.Map(("k", "v"), ("l", "w")),
                }
            ),
            OvsdbOperation.DurableCommit()
        );
        var port = Assert.NotNull(inserted.Operations[0].Uuid);
        var where = OvsdbOperation.Where(OvsdbOperation.IsRow(Assert.NotNull(inserted.Operations[1].Uuid)));

        var row = Row(client, where);
        Assert.Equal("größer \"quoted\"", OvsdbValue.Text(row["name"]));
        Assert.Equal([port], OvsdbValue.Uuids(row["ports"]));
        Assert.Equal("v", OvsdbValue.Strings(row["external_ids"])["k"]);

        var changed = Commit(
            client,
            OvsdbOperation.Update(Switches, where, new JsonObject { ["name"] = "renamed" }),
            OvsdbOperation.Mutate(
                Switches,
                where,
                OvsdbOperation.Mutation("external_ids", "delete", OvsdbValue.Set("k")),
                OvsdbOperation.Mutation("external_ids", "insert", OvsdbValue.Map(("m", "x")))
            )
        );
        Assert.Equal([1, 1], changed.Operations.Select(operation => operation.Count));
        row = Row(client, where);
        Assert.Equal("renamed", OvsdbValue.Text(row["name"]));
        Assert.Equal(["l", "m"], OvsdbValue.Strings(row["external_ids"]).Keys.Order());

        Assert.Equal(1, Commit(client, OvsdbOperation.Delete(Switches, where)).Operations[0].Count);
        Assert.Empty(Commit(client, OvsdbOperation.Select(Switches, where)).Operations[0].Rows);
    }

    [Fact(Timeout = 60000)]
    public async Task A_wait_that_is_met_lets_the_transaction_pass_and_one_that_is_not_times_out()
    {
        await Servers.Start("waiting").WaitAsync(TestContext.Current.CancellationToken);
        using var client = Connect("waiting");
        var guarded = OvsdbOperation.Insert(Switches, new JsonObject { ["name"] = "only once" });
        var absent = OvsdbOperation.Wait(
            Switches,
            OvsdbOperation.Where(OvsdbOperation.Condition("name", "==", "only once")),
            ["name"],
            [],
            equal: true,
            TimeSpan.FromMilliseconds(100)
        );

        Assert.True(client.Transact(Nb, [absent, guarded], Soon()).Committed);
        var second = client.Transact(Nb, [absent, guarded], Soon());
        Assert.Equal(OvsdbErrorKind.TimedOut, second.Error?.Kind);
        Assert.False(second.Operations[1].Executed);
        Assert.Single(Commit(client, OvsdbOperation.Select(Switches, [])).Operations[0].Rows);
    }

    [Fact(Timeout = 60000)]
    public async Task What_the_server_refuses_has_its_kind()
    {
        await Servers.Start("refusing").WaitAsync(TestContext.Current.CancellationToken);
        using var client = Connect("refusing");
        var twice = OvsdbOperation.Insert("DNS", [], "same");
        Assert.Equal(OvsdbErrorKind.DuplicateUuidName, Error(client, twice, twice).Kind);
        Assert.Equal(
            OvsdbErrorKind.ConstraintViolation,
            Error(client, OvsdbOperation.Insert("ACL", new JsonObject { ["priority"] = -1 })).Kind
        );
        Assert.Equal(OvsdbErrorKind.SyntaxError, Error(client, OvsdbOperation.Select("No_Such_Table", [])).Kind);
        Assert.Equal(
            OvsdbErrorKind.ReferentialIntegrityViolation,
            Error(client, OvsdbOperation.Insert("HA_Chassis_Group", new JsonObject { ["name"] = "g" }, "g"), Dangling()).Kind
        );

        var exception = Assert.Throws<OvsdbCallException>(() => client.Transact("No_Such_Database", [], Soon()));
        Assert.Equal(CallFailure.ErrorReply, exception.Failure);
        Assert.Equal(OvsdbErrorKind.UnknownDatabase, exception.Error?.Kind);
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_answers_reads_and_refuses_writes()
    {
        await Servers.Start("source", null, "--remote=ptcp:6690:127.0.0.1").WaitAsync(TestContext.Current.CancellationToken);
        await Servers.Start("copy", null, "--sync-from=tcp:127.0.0.1:6690");
        await Becomes("copy", SyncRole.Backup, Replication.Replicating, "tcp:127.0.0.1:6690", TestContext.Current.CancellationToken);
        using var client = Connect("copy");
        Assert.Empty(Commit(client, OvsdbOperation.Select(Switches, [])).Operations[0].Rows);
        var error = Error(client, OvsdbOperation.Insert(Switches, new JsonObject { ["name"] = "x" }));
        Assert.Equal(
            new OvsdbError(
                OvsdbErrorKind.NotAllowed,
                "not allowed",
                "insert operation not allowed when database server is in read only mode"
            ),
            error
        );
    }

    [Fact(Timeout = 60000)]
    public async Task Probes_that_come_during_a_long_call_are_answered()
    {
        await Servers.Start("probing", null, $"--remote=db:{Nb},NB_Global,connections").WaitAsync(TestContext.Current.CancellationToken);
        using (var first = Connect("probing"))
        {
            var connection = new JsonObject { ["target"] = OvsdbContainer.Listening("probed"), ["inactivity_probe"] = 500 };
            Commit(
                first,
                OvsdbOperation.Insert("Connection", connection, "c"),
                OvsdbOperation.Insert("NB_Global", new JsonObject { ["connections"] = OvsdbValue.Set(OvsdbValue.NamedUuid("c")) })
            );
        }

        await Servers.Open("probed");
        using var client = Connect("probed");

        // Never met: the server holds its reply back for several probe intervals, and would close an unresponsive session after two.
        var never = OvsdbOperation.Wait(
            Switches,
            [],
            ["name"],
            [new JsonObject { ["name"] = "never" }],
            equal: true,
            TimeSpan.FromSeconds(4.5)
        );
        var held = client.Transact(Nb, [never], Deadline.After(TimeSpan.FromSeconds(9)));
        Assert.Equal(OvsdbErrorKind.TimedOut, held.Error?.Kind);
    }

    private static JsonObject Dangling() =>
        OvsdbOperation.Insert(
            "Logical_Router",
            new JsonObject { ["name"] = "r", ["ports"] = OvsdbValue.Set(OvsdbValue.Uuid(Guid.NewGuid())) }
        );

    private static TransactionResult Commit(OvsdbClient client, params JsonObject[] operations)
    {
        var result = client.Transact(Nb, operations, Soon());
        Assert.True(result.Committed, result.Error?.ToString());
        return result;
    }

    private static JsonObject Row(OvsdbClient client, JsonArray where) =>
        Assert.Single(Commit(client, OvsdbOperation.Select(Switches, where)).Operations[0].Rows);

    private static OvsdbError Error(OvsdbClient client, params JsonObject[] operations) =>
        Assert.IsType<OvsdbError>(client.Transact(Nb, operations, Soon()).Error);
}

public sealed class BookwormTransactionTests(BookwormServers servers) : TransactionProtocolTests(servers), IClassFixture<BookwormServers>;

public sealed class TrixieTransactionTests(TrixieServers servers) : TransactionProtocolTests(servers), IClassFixture<TrixieServers>;
