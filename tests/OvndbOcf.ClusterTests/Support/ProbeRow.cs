using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>Writes single rows through the address that clients use, with <c>ovsdb-client</c> on a node: it speaks whatever the servers do.</summary>
internal static class ProbeRow
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static int numbers;

    /// <summary>Writes a row with a new name and notes it; null if it was acknowledged, else what came instead.</summary>
    public static async Task<string?> WriteAsync(
        ClusterNode node,
        ClusterShape shape,
        OvnDatabase database,
        RowLedger ledger,
        CancellationToken cancellationToken
    )
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"probe-{Interlocked.Increment(ref numbers):d4}");
        var transaction = new JsonArray([database.Name, .. Operations(database, name)]);
        var result = await node.ExecAsync(
            ["ovsdb-client", "--timeout=4", .. shape.TlsOptions, "transact", shape.Remote(database), transaction.ToJsonString()],
            Limit,
            cancellationToken: cancellationToken
        );
        if (result.ExitCode != 0 || result.Stdout.Contains("\"error\"", StringComparison.Ordinal))
        {
            return result.Output;
        }

        ledger.Add(database, name);
        return null;
    }

    private static IEnumerable<JsonNode> Operations(OvnDatabase database, string name)
    {
        if (database == OvnDatabase.Northbound)
        {
            return [OvsdbOperation.Insert(database.Table, new JsonObject { ["name"] = name })];
        }

        // ovn-northd leaves rows of chassis alone; each has at least one encapsulation, and their addresses must differ.
        var encapsulation = new JsonObject
        {
            ["type"] = "geneve",
            ["ip"] = $"{new IPAddress([0xfd, .. Guid.NewGuid().ToByteArray().AsSpan(1)])}",
            ["chassis_name"] = name,
        };
        return
        [
            OvsdbOperation.Insert("Encap", encapsulation, "encapsulation"),
            OvsdbOperation.Insert(database.Table, new JsonObject { ["name"] = name, ["encaps"] = OvsdbValue.NamedUuid("encapsulation") }),
        ];
    }
}
