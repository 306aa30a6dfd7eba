using System.Net;
using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Scale;

/// <summary>Fills the Northbound database with address sets of two addresses each.</summary>
internal static class BulkRows
{
    private const string Table = "Address_Set";
    private const int Batch = 2000;
    private static readonly TimeSpan BatchLimit = TimeSpan.FromSeconds(120);

    /// <summary>Adds rows number <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    /// <exception cref="OvsdbCallException">The server gave no usable answer.</exception>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public static void Add(IPAddress address, int from, int to, CancellationToken cancellationToken)
    {
        var database = OvnDatabase.Northbound;
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(address, database.Port), Deadline.After(BatchLimit));
        for (var first = from; first < to; first += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var operations = Enumerable.Range(first, Math.Min(Batch, to - first)).Select(Insert).ToList();
            var result = client.Transact(database.Name, operations, Deadline.After(BatchLimit));
            if (!result.Committed)
            {
                throw new InvalidOperationException($"row {first} and the next were refused: {result.Error}");
            }
        }
    }

    private static JsonObject Insert(int number) =>
        OvsdbOperation.Insert(
            Table,
            new JsonObject
            {
                ["name"] = $"set_{number}",
                ["addresses"] = OvsdbValue.Set(
                    JsonValue.Create($"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}"),
                    JsonValue.Create($"172.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}")
                ),
            }
        );
}
