using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>An OVN with a newer schema, as an upgrade of the packages brings it: a higher version, and one more column.</summary>
internal static class NewerSchema
{
    /// <summary>The version that no release of OVN has.</summary>
    public const string Version = "99.0.0";

    // Whoever is interrupted installs it again.
    private const string Install = """
        import json, os, shutil, sys
        path, former, table, version = sys.argv[1:]
        if not os.path.exists(former):
            shutil.copy(path, former)
        with open(former) as file:
            schema = json.load(file)
        schema["version"] = version
        schema["tables"][table]["columns"]["simulated"] = dict(type="string")
        with open(path, "w") as file:
            json.dump(schema, file)
        """;

    /// <summary>Puts it in place of a node's own one.</summary>
    public static Task InstallAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        node.ExecCheckedAsync(
            ["python3", "-", PathOf(database), FormerOf(database), DatabaseFiles.GlobalTable(database), Version],
            standardInput: Install,
            cancellationToken: cancellationToken
        );

    /// <summary>Puts the former one back. Does nothing where it is in place.</summary>
    public static Task RemoveAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        node.ExecCheckedAsync(
            ["sh", "-c", "if [ -e \"$1\" ]; then mv \"$1\" \"$2\"; fi", "remove", FormerOf(database), PathOf(database)],
            cancellationToken: cancellationToken
        );

    /// <summary>The version of the schema that a node's OVN has.</summary>
    public static async Task<string> OwnVersionAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        (
            await node.ExecCheckedAsync(["ovsdb-tool", "schema-version", PathOf(database)], cancellationToken: cancellationToken)
        ).Stdout.Trim();

    /// <summary>The version of the schema that a node's server has.</summary>
    public static async Task<string> ServedVersionAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        (
            await node.ExecCheckedAsync(
                ["ovsdb-client", "--timeout=10", "get-schema-version", $"unix:{database.Socket}", database.Name],
                cancellationToken: cancellationToken
            )
        ).Stdout.Trim();

    private static string PathOf(OvnDatabase database) => $"/usr/share/ovn/{NameOf(database)}";

    private static string FormerOf(OvnDatabase database) => $"/root/{NameOf(database)}";

    private static string NameOf(OvnDatabase database) => database == OvnDatabase.Northbound ? "ovn-nb.ovsschema" : "ovn-sb.ovsschema";
}
