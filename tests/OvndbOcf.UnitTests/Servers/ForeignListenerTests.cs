using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ForeignListenerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public void A_socket_of_another_process_is_found()
    {
        using var socket = Listen(AnyPort);
        var end = (IPEndPoint)socket.LocalEndPoint!;

        // The parent of this process has descriptors, and not this one.
        Assert.Equal(end, ForeignListener.Find([end], end.Port, Parent())?.Local);
    }

    [Fact]
    public void A_socket_of_the_server_itself_is_not()
    {
        using var socket = Listen(AnyPort);
        var end = (IPEndPoint)socket.LocalEndPoint!;

        Assert.Null(ForeignListener.Find([end], end.Port, Environment.ProcessId));
    }

    [Fact]
    public async Task A_server_that_closes_and_opens_its_socket_while_it_is_looked_at_is_nobody_else()
    {
        using var first = Listen(AnyPort);
        var end = (IPEndPoint)first.LocalEndPoint!;
        first.Dispose();
        using var stop = new CancellationTokenSource();
        var server = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var socket = Listen(end);
                }
            },
            TestContext.Current.CancellationToken
        );

        var clock = Stopwatch.StartNew();
        try
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                Assert.Null(ForeignListener.Find([end], end.Port, Environment.ProcessId)?.Local);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await server;
        }
    }

    private static Socket Listen(IPEndPoint end)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(end);
        socket.Listen();
        return socket;
    }

    private static int Parent() =>
        int.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
