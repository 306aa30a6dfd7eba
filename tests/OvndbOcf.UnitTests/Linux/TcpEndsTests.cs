using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>The ends of connections, read from the kernel's tables while sockets of this process are open.</summary>
public sealed class TcpEndsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0100007F:B1F2", "127.0.0.1:45554")]
    [InlineData("00000000:0000", "0.0.0.0:0")]
    [InlineData("FFFFFFFF:FFFF", "255.255.255.255:65535")]
    [InlineData("B80D0120000000000000000009000000:FFFF", "[2001:db8::9]:65535")]
    [InlineData("00000000000000000000000001000000:19f1", "[::1]:6641")]
    [InlineData("0000000000000000FFFF00000900000A:19F1", "10.0.0.9:6641")]
    public void An_end_is_read_as_the_kernel_writes_it(string field, string end) =>
        Assert.Equal(BitConverter.IsLittleEndian, TcpConnections.ParseEnd(field)?.ToString() == end);

    [Theory]
    [InlineData("10.0.0.9")]
    [InlineData("2001:db8:1:2:3:4:5:6")]
    [InlineData("fe80::fc:ff:fe00:1")]
    public void It_is_what_was_written(string address)
    {
        var end = new IPEndPoint(IPAddress.Parse(address), 6642);
        Assert.Equal(end, TcpConnections.ParseEnd(TcpConnections.RemoteField(end.Address, end.Port)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":19F1")]
    [InlineData("local_address")]
    [InlineData("0100007F")]
    [InlineData("0100007F:")]
    [InlineData("0100007F:10000")]
    [InlineData("0100007F:-001")]
    [InlineData("0100007F: 001")]
    [InlineData("0100007F:0x01")]
    [InlineData("0100007F:0001:0001")]
    [InlineData("100007F:0001")]
    [InlineData("00100007F:0001")]
    [InlineData("0100007G:0001")]
    [InlineData("+100007F:0001")]
    [InlineData("B80D012000000000:0001")]
    [InlineData("B80D01200000000000000000 9000000:0001")]
    public void What_is_no_end_is_none(string field) => Assert.Null(TcpConnections.ParseEnd(field));

    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Both_sides_name_a_connection_alike(string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var port = PortOf(listener);
        Assert.Empty(TcpConnections.To(port).Keys);
        Assert.Null(TcpConnections.Find(Environment.ProcessId, address, port).Local);

        using var first = await ConnectAsync(listener, address);
        Assert.Equal(
            new KeyValuePair<IPEndPoint, IPEndPoint>(first.End, new IPEndPoint(address, port)),
            Assert.Single(TcpConnections.To(port))
        );
        Assert.Equal(first.End, TcpConnections.Find(Environment.ProcessId, address, port).Local);

        using var second = await ConnectAsync(listener, address);
        Assert.Equal(2, TcpConnections.To(port).Count);
        Assert.Contains(first.End, TcpConnections.To(port).Keys);
        Assert.Contains(second.End, TcpConnections.To(port).Keys);
        Assert.DoesNotContain(first.End, TcpConnections.To(first.End.Port).Keys);

        first.Client.Dispose();

        // The other side hears of it when the kernel comes to it, which takes longer on a busy machine.
        await Poll.UntilAsync("one connection to end", () => !TcpConnections.To(port).ContainsKey(first.End), Stop);
        Assert.Equal([second.End], TcpConnections.To(port).Keys);
        Assert.Equal(second.End, TcpConnections.Find(Environment.ProcessId, address, port).Local);
        second.Client.Dispose();
        Assert.Null(TcpConnections.Find(Environment.ProcessId, address, port).Local);
    }

    [Fact(Timeout = 20000)]
    public async Task A_client_of_a_listener_for_both_families_is_named_as_it_names_itself()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        using var connection = await ConnectAsync(listener, IPAddress.Loopback);
        var local = new IPEndPoint(IPAddress.Loopback, PortOf(listener));
        Assert.Equal(new KeyValuePair<IPEndPoint, IPEndPoint>(connection.End, local), Assert.Single(TcpConnections.To(local.Port)));
        Assert.Equal(AddressFamily.InterNetwork, connection.End.AddressFamily);
    }

    [Fact]
    public void Of_a_process_that_is_gone_there_is_no_end() => Assert.Null(TcpConnections.Find(int.MaxValue, IPAddress.Loopback, 1).Local);

    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task What_the_other_side_has_yet_to_take_is_seen_until_it_has(string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var port = PortOf(listener);
        using var connection = await ConnectAsync(listener, address);
        Assert.False(TcpConnections.HasUnacknowledged(port));

        var sent = Fill(connection.Accepted);
        Assert.True(TcpConnections.HasUnacknowledged(port));
        Assert.False(TcpConnections.HasUnacknowledged(connection.End.Port));

        var buffer = new byte[1 << 16];
        while (sent > 0)
        {
            sent -= await connection.Client.ReceiveAsync(buffer, Stop);
        }

        await Poll.UntilAsync("everything to be acknowledged", () => !TcpConnections.HasUnacknowledged(port), Stop);
    }

    /// <summary>Sends until nothing more is taken; how many bytes were.</summary>
    private static long Fill(Socket socket)
    {
        socket.Blocking = false;
        var sent = 0L;
        var error = SocketError.Success;
        while (error == SocketError.Success)
        {
            sent += socket.Send(new byte[1 << 16], 0, 1 << 16, SocketFlags.None, out error);
        }

        Assert.Equal(SocketError.WouldBlock, error);
        return sent;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task<Connection> ConnectAsync(TcpListener listener, IPAddress address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(address, PortOf(listener), Stop);
        return new Connection(client, await listener.AcceptSocketAsync(Stop), (IPEndPoint)client.LocalEndPoint!);
    }

    private sealed record Connection(Socket Client, Socket Accepted, IPEndPoint End) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            Accepted.Dispose();
        }
    }
}
