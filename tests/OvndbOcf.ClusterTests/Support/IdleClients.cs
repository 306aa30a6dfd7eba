using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>Clients that are connected and never say anything: they notice that the address has moved only if somebody tells them.</summary>
internal sealed class IdleClients : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>Connects that many to each port.</summary>
    public static async Task<IdleClients> ConnectAsync(
        IPAddress address,
        IReadOnlyList<int> ports,
        int each,
        CancellationToken cancellation
    )
    {
        var clients = new IdleClients();
        foreach (var port in ports)
        {
            for (var i = 0; i < each; i++)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                clients._sockets.Add(socket);
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
            }
        }

        return clients;
    }

    /// <summary>Waits until each has lost its connection; how long that took.</summary>
    public async Task<TimeSpan> EndAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        var ended = await Task.WhenAll(_sockets.Select(socket => HasEndedAsync(socket, patience.Token)));
        Assert.True(
            ended.All(has => has),
            $"{ended.Count(has => !has)} of {ended.Length} idle clients have not noticed within {limit.TotalSeconds:0} s that the address has moved"
        );
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static async Task<bool> HasEndedAsync(Socket socket, CancellationToken patience)
    {
        var buffer = new byte[4096];
        try
        {
            // A server's probes are left unanswered.
            while (await socket.ReceiveAsync(buffer, patience) > 0) { }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
