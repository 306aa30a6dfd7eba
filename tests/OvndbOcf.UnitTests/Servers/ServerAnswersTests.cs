using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Decisions.Instance;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class ServerAnswersTests : IDisposable
{
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Theory(Timeout = 20000)]
    [InlineData("tcp:192.0.2.9:6641")]
    [InlineData("ssl:192.0.2.9:6641")]
    [InlineData("tcp:[2001:db8::9]:6641")]
    public async Task A_server_that_claims_to_replicate_without_a_connection_is_disconnected(string source)
    {
        using var server = await _control.StartServerAsync(_control.Northbound);
        var seen = Replicating(source);
        Assert.Equal(seen with { State = ServerState.Disconnected }, Join(seen));
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_with_its_connection_is_believed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var server = await FakeDaemon.StartConnectedAsync(
            _control.Folder,
            "ovsdb-server",
            ControlFixture.ArgumentOf(_control.Northbound),
            port
        );
        using var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var seen = Replicating("tcp:127.0.0.1:" + port);
        var link = new BackupLink((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)listener.LocalEndpoint);
        Assert.Equal(seen with { Link = link }, Join(seen));
        Assert.Equal(link, Join(Replicating("ssl:127.0.0.1:" + port)).Link);

        // Also where the pid file names somebody else.
        _control.Folder.Write("ovnnb_db.pid", "1");
        Assert.Equal(link, Join(seen).Link);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("self")]
    public void Where_the_servers_process_is_not_known_its_word_stands(string? pidFile)
    {
        if (pidFile is not null)
        {
            _control.Folder.Write("ovnnb_db.pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        var seen = Replicating("tcp:192.0.2.9:6641");
        Assert.Equal(seen, Join(seen));
    }

    [Fact(Timeout = 20000)]
    public async Task Whatever_else_a_server_is_it_stays()
    {
        using var server = await _control.StartServerAsync(_control.Northbound);
        foreach (var seen in Sighting.Letters.Where(letter => letter != 'R').Select(Sighting.Of))
        {
            Assert.Equal(seen, Join(seen));
        }

        Assert.Equal(Replicating(null), Join(Replicating(null)));
        Assert.Equal(Replicating("unix:/run/x.sock"), Join(Replicating("unix:/run/x.sock")));
    }

    private static ServerObservation Replicating(string? source) => new(ServerState.Replicating, source, "");

    private ServerObservation Join(ServerObservation said) => ServerAnswers.Verify(said, _control.Northbound);
}
