using System.Net;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Failover;

/// <summary>Empties what the client wrote to, so that every repetition begins alike.</summary>
internal static class TableRows
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Deletes all rows of the table through the address.</summary>
    /// <exception cref="OvsdbCallException">The server gave no usable answer.</exception>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public static void DeleteAll(OvnDatabase database, IPAddress address)
    {
        var deadline = Deadline.After(Limit);
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(address, database.Port), deadline);
        var result = client.Transact(database.Name, [OvsdbOperation.Delete(database.Table, OvsdbOperation.Where())], deadline);
        if (!result.Committed)
        {
            throw new InvalidOperationException($"the rows of {database.Table} cannot be deleted: {result.Error}");
        }
    }
}
