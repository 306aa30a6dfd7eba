using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Linux;

/// <summary>What became of a connection.</summary>
public enum Reach
{
    /// <summary>It was taken.</summary>
    Connected,

    /// <summary>The machine answered that nobody listens.</summary>
    Refused,

    /// <summary>Nothing came back in time.</summary>
    TimedOut,

    /// <summary>A router or a firewall refused, or there is no route.</summary>
    Unreachable,
}

/// <summary>Tries whether somebody takes a TCP connection, without saying anything on it.</summary>
public static class TcpReach
{
    /// <summary>What comes of a connection to that end within that time.</summary>
    public static async Task<Reach> TryAsync(IPEndPoint end, TimeSpan timeout)
    {
        using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await socket.ConnectAsync(end, limit.Token).ConfigureAwait(false);
            return Reach.Connected;
        }
        catch (OperationCanceledException)
        {
            return Reach.TimedOut;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => Reach.Refused,
                SocketError.TimedOut => Reach.TimedOut,
                _ => Reach.Unreachable,
            };
        }
    }
}
