using System.Net;
using System.Net.Sockets;
using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Port checks: from outside, by connecting, as load balancers do it, and from inside.</summary>
internal static class Ports
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Where a node's database servers listen for TCP, such as <c>10.0.0.9:6641</c>, in order.</summary>
    public static async Task<IEnumerable<string>> ListenersAsync(Machine node, CancellationToken cancellationToken)
    {
        var sockets = await node.ExecCheckedAsync(
            ["ss", "--no-header", "--listening", "--tcp", "--numeric", "--processes"],
            cancellationToken: cancellationToken
        );
        return sockets
            .Stdout.Split('\n')
            .Where(line => line.Contains("\"ovsdb-server\"", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Whether somebody accepts connections there.</summary>
    public static async Task<bool> IsOpenAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(address, port, limit.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
