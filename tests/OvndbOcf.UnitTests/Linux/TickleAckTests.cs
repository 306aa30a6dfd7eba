using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class TickleAckTests
{
    // Byte by byte as another program packs it.
    [Fact]
    public void A_packet_of_IPv4_has_both_headers() =>
        Assert.Equal(
            "4500002800000000400666C30A0000090A00000519F19CB0000000000000000050100000E5250000",
            Convert.ToHexString(TickleAck.Compose(IPEndPoint.Parse("10.0.0.9:6641"), IPEndPoint.Parse("10.0.0.5:40112")))
        );

    [Theory]
    [InlineData("10.0.0.9:6641", "10.0.0.5:40112")]
    [InlineData("255.255.255.254:65535", "255.255.255.253:65534")]
    [InlineData("[2001:db8::9]:6642", "[2001:db8::5]:40114")]
    [InlineData("[ffff:ffff::ffff]:65535", "[ffff:ffff::fffe]:65535")]
    public void The_sums_over_what_they_protect_are_all_ones(string local, string remote)
    {
        var packet = TickleAck.Compose(IPEndPoint.Parse(local), IPEndPoint.Parse(remote));
        var six = local[0] == '[';
        var header = six ? 40 : 20;
        Assert.Equal(header + 20, packet.Length);
        var addresses = six ? packet[8..40] : packet[12..20];
        byte[] pseudo = [.. addresses, 0, 6, 0, 20, .. packet[header..]];
        Assert.Equal(0xffffu, Fold(pseudo));
        if (!six)
        {
            Assert.Equal(0xffffu, Fold(packet[..20]));
        }
    }

    [Fact]
    public void Ends_of_two_families_are_none()
    {
        using var tickle = new TickleAck(AddressFamily.InterNetwork);
        Assert.False(tickle.Send(IPEndPoint.Parse("10.0.0.9:6641"), IPEndPoint.Parse("[2001:db8::5]:40112")));
    }

    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_connection_that_is_alive_has_nothing_of_it(string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new TcpListener(address, 0);
        listener.Start();
        using var client = new TcpClient(address.AddressFamily);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        using var tickle = new TickleAck(address.AddressFamily);
        // Packets of one's own are for root alone.
        Assert.Equal(Environment.IsPrivilegedProcess, tickle.Send((IPEndPoint)server.LocalEndPoint!, (IPEndPoint)server.RemoteEndPoint!));
        await server.SendAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);
        var received = new byte[2];
        Assert.Equal(1, await client.GetStream().ReadAsync(received, TestContext.Current.CancellationToken));
        Assert.Equal(7, received[0]);
    }

    private static uint Fold(byte[] bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)((bytes[i] << 8) | bytes[i + 1]);
        }

        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return sum;
    }
}
