using System.Text.Json;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Database files without a server, such as those that were set aside.</summary>
internal static class DatabaseFiles
{
    /// <summary>Which database a file is of, by its name.</summary>
    public static OvnDatabase DatabaseOf(string path) =>
        path.Contains("ovnnb", StringComparison.Ordinal) ? OvnDatabase.Northbound : OvnDatabase.Southbound;

    /// <summary>The file that a server has.</summary>
    public static string PathOf(OvnDatabase database) => $"/var/lib/ovn/ovn{Short(database)}_db.db";

    /// <summary>The table that has the marker of the latest promotion.</summary>
    public static string GlobalTable(OvnDatabase database) => $"{Short(database).ToUpperInvariant()}_Global";

    /// <summary>The names of the rows in a file; of the table that clients write to, unless another one is named.</summary>
    public static async Task<IReadOnlySet<string>> RowsAsync(
        ClusterNode node,
        string path,
        CancellationToken cancellationToken,
        string? table = null
    )
    {
        var database = DatabaseOf(path);
        var transaction =
            $"[\"{database.Name}\",{{\"op\":\"select\",\"table\":\"{table ?? database.Table}\",\"where\":[],\"columns\":[\"name\"]}}]";
        var result = await node.ExecCheckedAsync(["ovsdb-tool", "query", path, transaction], cancellationToken: cancellationToken);
        using var document = JsonDocument.Parse(result.Stdout);
        return document.RootElement[0].GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("name").GetString()!).ToHashSet();
    }

    /// <summary>Writes a marker into a file, in place of the one that is there.</summary>
    public static Task MarkAsync(ClusterNode node, OvnDatabase database, PromotionMarker marker, CancellationToken cancellationToken)
    {
        var mutations =
            $$"""[["external_ids","delete",["set",["{{PromotionMarker.Key}}"]]],["external_ids","insert",["map",[["{{PromotionMarker.Key}}","{{marker}}"]]]]]""";
        var transaction =
            $$"""["{{database.Name}}",{"op":"mutate","table":"{{GlobalTable(database)}}","where":[],"mutations":{{mutations}}}]""";
        return node.ExecCheckedAsync(["ovsdb-tool", "transact", PathOf(database), transaction], cancellationToken: cancellationToken);
    }

    private static string Short(OvnDatabase database) => database == OvnDatabase.Northbound ? "nb" : "sb";
}
