using System.Net;
using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign;

/// <summary>Deletes rows of trials that are over, so that a long campaign does not become one with a large database.</summary>
internal static class RowDeletion
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Deletes the rows through the address, in one transaction.</summary>
    /// <exception cref="OvsdbCallException">The server gave no usable answer.</exception>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public static void Delete(OvnDatabase database, IPAddress address, IReadOnlyList<string> names)
    {
        var deadline = Deadline.After(Limit);
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(address, database.Port), deadline);
        JsonObject[] operations =
        [
            .. names.Select(name =>
                OvsdbOperation.Delete(database.Table, OvsdbOperation.Where(OvsdbOperation.Condition("name", "==", name)))
            ),
        ];
        var result = client.Transact(database.Name, operations, deadline);
        if (!result.Committed)
        {
            throw new InvalidOperationException($"rows of {database} cannot be deleted: {result.Error}");
        }
    }
}
