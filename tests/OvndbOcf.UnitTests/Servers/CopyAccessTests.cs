using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>A copy is read and marked over its server's socket; each database by its own names.</summary>
[Collection(OneAtATime.Name)]
public sealed class CopyAccessTests : IDisposable
{
    private const string Text = "7 3f2c1d60-0000-4000-8000-000000000007 ctl-2 2026-11-23T18:00:00Z open";
    private const string Mutation =
        """[{"op":"mutate","table":"NB_Global","where":[],"mutations":[["external_ids","delete",["set",["ovndb-promotion"]]],"""
        + $$$"""["external_ids","insert",["map",[["ovndb-promotion","{{{Text}}}"]]]]]},{"op":"commit","durable":true}]""";

    private const string Insertion =
        $$$"""[{"op":"insert","table":"NB_Global","row":{"external_ids":["map",[["ovndb-promotion","{{{Text}}}"]]]}},{"op":"commit","durable":true}]""";

    private const string Inserted = """[{"uuid":["uuid","36bef046-7da7-43a5-905a-c17899216fcb"]},{}]""";
    private const string Refused =
        """[{"uuid":["uuid","36bef046-7da7-43a5-905a-c17899216fcb"]},{},{"error":"constraint violation","details":"two rows"}]""";

    private static readonly PromotionMarker Marker = PromotionMarker.Parse(Text)!;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly AgentParameters _parameters;

    public CopyAccessTests() => _parameters = Configured.Parameters(("ovn_rundir", _folder.Path), ("ovn_dbdir", _folder.Path));

    private static Deadline Ample => Deadline.After(TimeSpan.FromSeconds(10));

    private CopyAccess Northbound => new(_parameters, _parameters.Northbound);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_marked_copy_is_read_with_all_that_can_be_known()
    {
        await using var server = Serving(FakeDatabase.Row(("name", "mine"), ("ovndb-promotion", Text)));
        var change = new DateTime(2026, 11, 23, 18, 5, 0, 123, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.Write("ovnnb_db.db", ""), change);
        Assert.Equal(new DatabaseCopy(true, Marker, true, new Version(7, 3, 0), new DateTimeOffset(change)), Northbound.Read(Ample));
        Assert.Equal(["""[{"op":"select","table":"NB_Global","where":[],"columns":["external_ids"]}]"""], _asked);
    }

    [Fact(Timeout = 20000)]
    public async Task A_new_database_has_no_content()
    {
        await using var server = Serving(FakeDatabase.NoRow);
        Assert.Equal(new DatabaseCopy(true, null, false, new Version(7, 3, 0), null), Northbound.Read(Ample));
    }

    [Theory(Timeout = 20000)]
    [InlineData("other", "7 3f2c1d60-0000-4000-8000-000000000007 ctl-2 2026-11-23T18:00:00Z open")]
    [InlineData("ovndb-promotion", "")]
    [InlineData("ovndb-promotion", "seven")]
    public async Task Content_without_a_usable_marker_is_unmarked(string key, string value)
    {
        await using var server = Serving(FakeDatabase.Row((key, value)));
        Assert.Equal(new DatabaseCopy(true, null, true, new Version(7, 3, 0), null), Northbound.Read(Ample));
    }

    [Fact(Timeout = 20000)]
    public async Task A_schema_without_a_readable_version_is_unknown()
    {
        await using var server = FakeDatabase.Serving(
            _folder["ovnnb_db.sock"],
            "new",
            _ => FakeDatabase.NoRow,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new DatabaseCopy(true, null, false, null, null), Northbound.Read(Ample));
    }

    [Theory(Timeout = 20000)]
    [InlineData("""[{"error":"unknown table"}]""")]
    [InlineData("5")]
    [InlineData("garbage}")]
    public async Task Without_a_usable_answer_it_is_unreadable(string answer)
    {
        await using var server = Serving(answer);
        Assert.Equal(DatabaseCopy.Unreadable, Northbound.Read(Ample));
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_never_answers_does_not_take_all_the_time()
    {
        await using var silent = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder["ovnnb_db.sock"], silent.Path);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(DatabaseCopy.Unreadable, Northbound.Read(Ample));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
    }

    [Fact(Timeout = 20000)]
    public async Task Both_are_read_each_by_its_names()
    {
        await using var southbound = FakeDatabase.Serving(
            _folder["ovnsb_db.sock"],
            "20.33.0",
            operations => (string?)operations[0]!["table"] == "SB_Global" ? FakeDatabase.NoRow : "[]",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            new CopyPair(DatabaseCopy.Unreadable, new DatabaseCopy(true, null, false, new Version(20, 33, 0), null)),
            new CopyPair(Northbound.Read(Ample), new CopyAccess(_parameters, _parameters.Southbound).Read(Ample))
        );
    }

    [Fact(Timeout = 20000)]
    public async Task The_marker_takes_the_place_of_the_one_before_and_nothing_else_changes()
    {
        await using var server = Serving("""[{"count":1},{}]""");
        Assert.Equal(Outcome.Done, Northbound.WriteMarker(Marker, Ample));
        Assert.Equal([Mutation], _asked);
    }

    [Fact(Timeout = 20000)]
    public async Task In_a_new_database_the_marker_makes_the_row()
    {
        await using var server = Serving("""[{"count":0},{}]""", Inserted);
        Assert.Equal(Outcome.Done, Northbound.WriteMarker(Marker, Ample));
        Assert.Equal([Mutation, Insertion], _asked);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_another_client_made_the_row_meanwhile_it_is_marked()
    {
        await using var server = Serving("""[{"count":0},{}]""", Refused, """[{"count":1},{}]""");
        Assert.Equal(Outcome.Done, Northbound.WriteMarker(Marker, Ample));
        Assert.Equal([Mutation, Insertion, Mutation], _asked);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_takes_no_writes_is_not_asked_without_end()
    {
        await using var server = Serving("""[{"error":"not allowed","details":"this is a backup"},null]""");
        Assert.Equal(
            "NB: the server refused the promotion's marker: not allowed: this is a backup; see the log of the server",
            Northbound.WriteMarker(Marker, Ample).Problem
        );
        Assert.Equal(Enumerable.Repeat(Mutation, 5), _asked);
    }

    [Fact(Timeout = 20000)]
    public void Without_a_server_nothing_is_read_or_written()
    {
        Assert.Equal(DatabaseCopy.Unreadable, Northbound.Read(Ample));
        Assert.StartsWith(
            "NB: the promotion's marker could not be written: ",
            Northbound.WriteMarker(Marker, Ample).Problem,
            StringComparison.Ordinal
        );
    }

    // Each answer once, the last one from then on.
    private FakeServer Serving(params string[] answers)
    {
        var left = new Queue<string>(answers);
        return FakeDatabase.Serving(_folder["ovnnb_db.sock"], "7.3.0", Answer, TestContext.Current.CancellationToken);

        string Answer(JsonArray operations)
        {
            _asked.Enqueue(
                operations.ToJsonString(
                    new System.Text.Json.JsonSerializerOptions
                    {
                        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    }
                )
            );
            return left.Count > 1 ? left.Dequeue() : left.Peek();
        }
    }
}
