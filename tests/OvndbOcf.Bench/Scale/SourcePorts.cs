using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Bench.Scale;

/// <summary>
/// The ports from which a crowd on one machine connects, none of them twice, as if each client had a machine of its own. A node that gave up the address keeps connections that it could not end for minutes; if a
/// move brings the address back, and by chance a client has the port of such a one, the node's kernel answers it as that one's other end, with no reset, and the client has to find out by its probe.
/// </summary>
internal sealed class SourcePorts
{
    private const int First = 15_000;
    private const int Last = 65_000;
    private int latest = First - 1;

    /// <summary>Gives a socket the next port that is free.</summary>
    /// <exception cref="InvalidOperationException">All have been used.</exception>
    public void Bind(Socket socket)
    {
        while (true)
        {
            var port = Interlocked.Increment(ref latest);
            if (port > Last)
            {
                throw new InvalidOperationException("the crowd has used all of its ports");
            }

            try
            {
                socket.Bind(new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port));
                return;
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another program has it.
            }
        }
    }
}
