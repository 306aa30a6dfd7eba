using System.Net;
using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Simulation.Writing;

/// <summary>The OVSDB operations by which rows are written and read again.</summary>
internal static class RowOperations
{
    /// <summary>One transaction that adds a row with this name.</summary>
    public static IReadOnlyList<JsonObject> Insert(OvnDatabase database, string name)
    {
        var row = new JsonObject { ["name"] = name };
        if (database.Table != OvnDatabase.Southbound.Table)
        {
            return [OvsdbOperation.Insert(database.Table, row)];
        }

        // A chassis has at least one encapsulation, and their addresses must differ: also from those of other writers.
        var encapsulation = new JsonObject
        {
            ["type"] = "geneve",
            ["ip"] = $"{new IPAddress([0xfd, .. Guid.NewGuid().ToByteArray().AsSpan(1)])}",
            ["chassis_name"] = name,
        };
        row["encaps"] = OvsdbValue.NamedUuid("encapsulation");
        return [OvsdbOperation.Insert("Encap", encapsulation, "encapsulation"), OvsdbOperation.Insert(database.Table, row)];
    }

    /// <summary>One transaction that reads the names of all rows.</summary>
    public static IReadOnlyList<JsonObject> SelectNames(OvnDatabase database) =>
        [OvsdbOperation.Select(database.Table, OvsdbOperation.Where(), "name")];
}
