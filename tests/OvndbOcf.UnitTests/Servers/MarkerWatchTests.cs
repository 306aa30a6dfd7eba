using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class MarkerWatchTests : IAsyncDisposable
{
    private const string Marker = "7 77777777-0000-4000-8000-000000000007 me 2026-03-01T12:00:00Z open";

    private readonly TempFolder _folder = new();
    private readonly List<FakeServer> _servers = [];
    private string? _marker = Marker;
    private int _questions;

    private AgentParameters Parameters => Configured.Parameters(("ovn_rundir", _folder.Path), ("ovn_dbdir", _folder.Path));

    private static Deadline Soon => Deadline.After(TimeSpan.FromSeconds(5));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact(Timeout = 20000)]
    public async Task While_nobody_writes_the_servers_are_not_asked()
    {
        var taken = await TakeAsync();
        Assert.Equal(2, _questions);
        Assert.True(MarkerWatch.AreStill(taken, Parameters, Soon));
        Assert.Equal(2, _questions);
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_write_the_same_markers_are_still_the_same()
    {
        var taken = await TakeAsync();
        _folder.Write("ovnnb_db.db", "a transaction more");
        Assert.True(MarkerWatch.AreStill(taken, Parameters, Soon));
        Assert.Equal(4, _questions);
    }

    [Theory(Timeout = 20000)]
    [InlineData(null)]
    [InlineData("6 66666666-0000-4000-8000-000000000006 me 2026-03-01T12:00:00Z open")]
    [InlineData("7 77777777-0000-4000-8000-000000000007 me 2026-03-01T12:00:00Z closed")]
    public async Task A_marker_that_is_gone_or_another_one_is_noticed(string? now)
    {
        var taken = await TakeAsync();
        _marker = now;
        _folder.Write("ovnsb_db.db", "restored");
        Assert.False(MarkerWatch.AreStill(taken, Parameters, Soon));
    }

    [Fact(Timeout = 20000)]
    public async Task What_cannot_be_read_is_not_as_it_was()
    {
        var taken = await TakeAsync();
        _folder.Write("ovnsb_db.db", "restored");
        File.Delete(_folder["ovnsb_db.sock"]);
        Assert.False(MarkerWatch.AreStill(taken, Parameters, Soon));
        Assert.Null(MarkerWatch.Take(Parameters, Soon));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a|b")]
    [InlineData("a|b|c|d|e|f|g")]
    public void A_line_of_another_form_is_not_as_it_was(string taken) => Assert.False(MarkerWatch.AreStill(taken, Parameters, Soon));

    private async Task<string> TakeAsync()
    {
        foreach (var name in (string[])["ovnnb_db", "ovnsb_db"])
        {
            _folder.Write(name + ".db", "a database");
            _servers.Add(
                FakeDatabase.Serving(
                    _folder[name + ".sock"],
                    "7.3.0",
                    _ =>
                    {
                        Interlocked.Increment(ref _questions);
                        return _marker is { } marker ? FakeDatabase.Row(("ovndb-promotion", marker)) : FakeDatabase.Row(("name", "mine"));
                    },
                    TestContext.Current.CancellationToken
                )
            );
        }

        return await Task.Run(() => MarkerWatch.Take(Parameters, Soon))
            ?? throw new InvalidOperationException("the markers cannot be read");
    }
}
