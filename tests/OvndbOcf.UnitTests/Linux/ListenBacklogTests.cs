using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class ListenBacklogTests
{
    [Theory(Timeout = 20000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task More_clients_are_kept_than_the_process_asked_for(string text)
    {
        var address = IPAddress.Parse(text);
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(backlog: 1);
        var end = (IPEndPoint)listener.LocalEndPoint!;
        Assert.Equal(1, ListenBacklog.Raise(Environment.ProcessId, end.Port));

        // Nobody takes them: with a backlog of one the third would wait for good.
        var clients = Enumerable.Range(0, 20).Select(_ => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)).ToList();
        await Task.WhenAll(clients.Select(client => client.ConnectAsync(end, TestContext.Current.CancellationToken).AsTask()));
        clients.ForEach(client => client.Dispose());

        // Once more is no harm.
        Assert.Equal(1, ListenBacklog.Raise(Environment.ProcessId, end.Port));
    }

    [Fact]
    public void Of_another_process_nothing_is_raised()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal(0, ListenBacklog.Raise(int.MaxValue, port));
        listener.Stop();
        Assert.Equal(0, ListenBacklog.Raise(Environment.ProcessId, port));
    }
}
