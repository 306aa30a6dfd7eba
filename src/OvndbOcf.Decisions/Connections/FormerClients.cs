using System.Net;

namespace OvndbOcf.Decisions.Connections;

/// <summary>A connection of a client to the active server that it had before the address moved.</summary>
/// <param name="Server">The server's end, on the address that moves.</param>
/// <param name="Client">The client's end.</param>
public sealed record FormerConnection(IPEndPoint Server, IPEndPoint Client);

/// <summary>
/// What a node that gives up its promotion tells the next one of its clients, such as <c>10.0.0.9:6641=10.0.0.5:40112,10.0.0.6:38000 10.0.0.9:6642=10.0.0.5:40114</c>. Pure.
/// </summary>
public static class FormerClients
{
    /// <summary>How many are told of: what a command's argument takes (128 KiB, execve(2)) with room to spare.</summary>
    public const int Most = 2000;

    /// <summary>The text.</summary>
    public static string ToText(IEnumerable<FormerConnection> connections) =>
        string.Join(
            ' ',
            connections
                .Take(Most)
                .GroupBy(connection => connection.Server, connection => connection.Client)
                .Select(group => $"{group.Key}={string.Join(',', group)}")
        );

    /// <summary>Reads such a text. What is none is left out, and so is what goes to another address than the one that clients connect to.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">That address.</param>
    public static IReadOnlyList<FormerConnection> Parse(string text, IPAddress address)
    {
        List<FormerConnection> found = [];
        foreach (var group in text.Split(' '))
        {
            if (
                group.Split('=') is not [var server, var clients]
                || !IPEndPoint.TryParse(server, out var end)
                || !end.Address.Equals(address)
            )
            {
                continue;
            }

            foreach (var client in clients.Split(','))
            {
                if (
                    found.Count < Most
                    && IPEndPoint.TryParse(client, out var other)
                    && other.Port != 0
                    && other.AddressFamily == end.AddressFamily
                )
                {
                    found.Add(new FormerConnection(end, other));
                }
            }
        }

        return found;
    }
}
