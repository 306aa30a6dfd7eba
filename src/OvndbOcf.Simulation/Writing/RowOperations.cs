using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Simulation.Writing;

/// <summary>The OVSDB operations by which rows are written and read again.</summary>
internal static class RowOperations
{
    /// <summary>One transaction that adds a row with this name and number.</summary>
    public static IReadOnlyList<JsonObject> Insert(OvnDatabase database, string name, int number)
    {
        var row = new JsonObject { ["name"] = name };
        if (database.Table != OvnDatabase.Southbound.Table)
        {
            return [OvsdbOperation.Insert(database.Table, row)];
        }

        // A chassis has at least one encapsulation, and their addresses must differ.
        var encapsulation = new JsonObject
        {
            ["type"] = "geneve",
            ["ip"] = $"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}",
            ["chassis_name"] = name,
        };
        row["encaps"] = OvsdbValue.NamedUuid("encapsulation");
        return [OvsdbOperation.Insert("Encap", encapsulation, "encapsulation"), OvsdbOperation.Insert(database.Table, row)];
    }

    /// <summary>One transaction that reads the names of all rows.</summary>
    public static IReadOnlyList<JsonObject> SelectNames(OvnDatabase database) =>
        [OvsdbOperation.Select(database.Table, OvsdbOperation.Where(), "name")];
}
