using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>
/// Looking up single connections, by both ways. Not beside tests that start processes: each has a copy of this one's sockets until it runs its program, and
/// what is closed here stays open for as long.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class EstablishedTests
{
    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    public async Task A_connection_is_found_from_both_sides_until_it_is_closed(string listening, string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new Socket(IPAddress.Parse(listening).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (listening == "::")
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(IPAddress.Parse(listening), 0));
        listener.Listen();
        var server = new IPEndPoint(address, ((IPEndPoint)listener.LocalEndPoint!).Port);
        using var connecting = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await connecting.ConnectAsync(server, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        var client = (IPEndPoint)connecting.LocalEndPoint!;
        var stranger = new IPEndPoint(address, server.Port == 1 ? 2 : 1);

        Check(server, client, true);
        Check(client, server, true);

        // Where there is no connection, the kernel finds the listener.
        Check(server, stranger, false);
        Check(stranger, server, false);
        Assert.True(WatchedConnections.AreStill([new(server, client, true), new(server, stranger, false)]));
        Assert.False(WatchedConnections.AreStill([new(server, client, true), new(server, stranger, true)]));
        Assert.False(WatchedConnections.AreStill([new(server, client, false)]));

        connecting.Dispose();
        accepted.Dispose();
        Check(server, client, false);
        Assert.False(WatchedConnections.AreStill([new(server, client, true)]));
        Assert.True(WatchedConnections.AreStill([]));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "192.0.2.77", false)]
    [InlineData("0.0.0.0", "127.0.0.1", true)]
    // Clients of an address that is yet to come would get there.
    [InlineData("0.0.0.0", "192.0.2.77", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::", "::1", true)]
    [InlineData("::", "192.0.2.77", true)]
    [InlineData("only ::", "192.0.2.77", false)]
    public void The_socket_that_takes_connections_to_an_end_is_found(string listening, string text, bool isFound)
    {
        var address = IPAddress.Parse(listening.Split(' ')[^1]);
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
        {
            listener.DualMode = listening == "::";
        }

        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var end = new IPEndPoint(IPAddress.Parse(text), port);
        using var diagnostics = new SocketDiagnostics();

        var socket = Assert.Single(PortListener.FindAll(port));
        Assert.Equal(isFound ? socket.Inode : null, diagnostics.FindListener(end));
        Assert.Equal(listening == "::", socket.TakesIpv4);
        Assert.True(socket.IsHeldBy(Environment.ProcessId));
        Assert.Equal(Environment.ProcessId, socket.FindHolder()?.Id);

        var taken = ListenerWatch.Take([end]);
        Assert.True(ListenerWatch.AreStill(taken));
        listener.Dispose();
        Assert.Null(diagnostics.FindListener(end));
        Assert.Equal(!isFound, ListenerWatch.AreStill(taken));
        Assert.Equal($"{end}=-", ListenerWatch.Take([end]));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("192.0.2.77:1=-", true)]
    [InlineData("192.0.2.77:1=4711", false)]
    [InlineData("192.0.2.77:1", false)]
    [InlineData("there=-", false)]
    public void What_was_not_noted_so_is_not_as_it_was(string noted, bool isStill) => Assert.Equal(isStill, ListenerWatch.AreStill(noted));

    [Fact]
    public void A_request_is_laid_out_as_the_kernel_wants_it()
    {
        var request = new byte[72];
        SocketDiagnostics.WriteRequest(request, IPEndPoint.Parse("10.0.0.2:6641"), IPEndPoint.Parse("10.0.0.3:258"));
        Assert.Equal(
            "48000000140001000000000000000000"
                + "02060000"
                + "02000000"
                + "19F10102"
                + "0A000002000000000000000000000000"
                + "0A000003000000000000000000000000"
                + "00000000"
                + "FFFFFFFFFFFFFFFF",
            Convert.ToHexString(request)
        );
    }

    [Theory]
    [InlineData("01", true)]
    [InlineData("06", false)]
    [InlineData("0A", false)]
    public void Tables_are_searched_for_established_connections_only(string state, bool isThere)
    {
        var table = $"  sl  local\n   0: 0200000A:19F1 0300000A:0102 {state} 00000000:00000000\n";
        var (local, remote) = (IPEndPoint.Parse("10.0.0.2:6641"), IPEndPoint.Parse("10.0.0.3:258"));
        Assert.Equal(isThere, ConnectionTable.Parse(table, "").IsEstablished(local, remote));
        Assert.False(ConnectionTable.Parse(table, "").IsEstablished(remote, local));
        Assert.False(ConnectionTable.Parse("", table).IsEstablished(local, remote));
        var mapped = $"   0: 0000000000000000FFFF00000200000A:19F1 0000000000000000FFFF00000300000A:0102 {state} 0\n";
        Assert.Equal(isThere, ConnectionTable.Parse("", mapped).IsEstablished(local, remote));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.0.2.77", false)]
    [InlineData("2001:db8::77", false)]
    public void A_server_can_listen_on_the_nodes_own_addresses_only(string address, bool isUsable) =>
        Assert.Equal(isUsable, LocalAddress.IsUsable(IPAddress.Parse(address)));

    private static void Check(IPEndPoint local, IPEndPoint remote, bool isThere)
    {
        using var diagnostics = new SocketDiagnostics();
        Assert.Equal(isThere, diagnostics.IsEstablished(local, remote));
        Assert.Equal(isThere, ConnectionTable.Read().IsEstablished(local, remote));
    }
}
