using System.Net;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Simulation.Writing;

/// <summary>Reads back what <see cref="AcknowledgedWriter"/> wrote.</summary>
public static class RowReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The names of all rows in the writer's table, read over TCP, for example through the virtual address.</summary>
    /// <exception cref="OvsdbCallException">The server gave no usable answer in 20 s.</exception>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public static IReadOnlySet<string> ReadNames(OvnDatabase database, IPAddress address, int? port = null)
    {
        var deadline = Deadline.After(Limit);
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(address, port ?? database.Port), deadline);
        var result = client.Transact(database.Name, RowOperations.SelectNames(database), deadline);
        return result.Committed
            ? result.Operations[0].Rows.Select(row => OvsdbValue.Text(row["name"])).OfType<string>().ToHashSet()
            : throw new InvalidOperationException($"{database} cannot be read: {result.Error}");
    }

    /// <summary>The names of all rows in the writer's table of a node's own copy, which a backup answers, too.</summary>
    /// <exception cref="ExecException">No server answers on the node.</exception>
    public static async Task<IReadOnlySet<string>> ReadLocalNamesAsync(
        OvnDatabase database,
        ClusterNode node,
        CancellationToken cancellationToken = default
    )
    {
        var result = await node.ExecCheckedAsync(
                [
                    "ovsdb-client",
                    "--format=csv",
                    "--data=bare",
                    "--no-headings",
                    "dump",
                    $"unix:{database.Socket}",
                    database.Name,
                    database.Table,
                    "name",
                ],
                Limit,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);

        // The first line is the table's caption.
        return result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).ToHashSet();
    }
}
