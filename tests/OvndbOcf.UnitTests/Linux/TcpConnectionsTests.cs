using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class TcpConnectionsTests
{
    private const string Line =
        "   4: 0100007F:B1F2 0900000A:19F1 01 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 20 4 30 10 -1";

    [Theory]
    [InlineData("10.0.0.9", 6641, "0900000A:19F1")]
    [InlineData("127.0.0.1", 1, "0100007F:0001")]
    [InlineData("2001:db8::9", 65535, "B80D0120000000000000000009000000:FFFF")]
    public void A_remote_is_written_as_the_kernel_does(string address, int port, string field) =>
        Assert.Equal(BitConverter.IsLittleEndian, TcpConnections.RemoteField(IPAddress.Parse(address), port) == field);

    [Theory]
    [InlineData(Line, "0900000A:19F1", "4711", true)]
    [InlineData(Line, "0900000A:19F2", "4711", false)]
    [InlineData(Line, "0100007F:B1F2", "4711", false)]
    [InlineData(Line, "0900000A:19F1", "471", false)]
    [InlineData(
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "rem_address",
        "inode",
        false
    )]
    [InlineData("", "0900000A:19F1", "4711", false)]
    public void A_line_counts_if_remote_and_socket_are_right(string line, string remote, string socket, bool counts) =>
        Assert.Equal(counts, TcpConnections.IsEstablishedTo(line, remote, new HashSet<string> { socket }));

    [Fact]
    public void A_connection_that_is_not_established_does_not_count() =>
        Assert.False(
            TcpConnections.IsEstablishedTo(
                Line.Replace("19F1 01 ", "19F1 02 ", StringComparison.Ordinal),
                "0900000A:19F1",
                new HashSet<string> { "4711" }
            )
        );

    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_connection_of_this_process_is_seen_until_it_is_closed(string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.False(TcpConnections.Find(Environment.ProcessId, address, port).IsConnected);
        using (var client = new TcpClient(address.AddressFamily))
        {
            await client.ConnectAsync(address, port, TestContext.Current.CancellationToken);
            Assert.True(TcpConnections.Find(Environment.ProcessId, address, port).IsConnected);
            Assert.False(TcpConnections.Find(Environment.ProcessId, address, port == 1 ? 2 : port - 1).IsConnected);
        }

        Assert.False(TcpConnections.Find(Environment.ProcessId, address, port).IsConnected);
    }

    [Fact]
    public void Of_a_process_that_is_gone_nothing_is_known() =>
        Assert.Null(TcpConnections.Find(int.MaxValue, IPAddress.Loopback, 1).IsConnected);
}
