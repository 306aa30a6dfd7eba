using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Servers.Control;

/// <summary>Which schema a database or a schema file has.</summary>
/// <param name="Version">Its version, such as 7.0.0; empty if it has none.</param>
/// <param name="Checksum">Its check sum; empty if it has none.</param>
internal sealed record SchemaId(string Version, string Checksum)
{
    /// <summary>The version as a number that compares; null if it is none.</summary>
    public Version? Number => System.Version.TryParse(Version, out var number) ? number : null;

    /// <summary>Whether both are surely the same schema. OVN's build sees to it that the check sum is right; a schema without one may be any.</summary>
    public bool IsSurely(SchemaId other) => Version.Length > 0 && Checksum.Length > 0 && this == other;

    /// <summary>That of a schema (RFC 7047, section 3.2; <c>cksum</c> is an extension, ovsdb(5)).</summary>
    public static SchemaId Of(JsonObject schema) => new(OvsdbValue.Text(schema["version"]) ?? "", OvsdbValue.Text(schema["cksum"]) ?? "");
}

/// <summary>The schema files of this node's OVN.</summary>
internal static class SchemaFile
{
    private const int MaxBytes = 4 << 20;

    // Where distributions put them, before and after OVN was split from Open vSwitch.
    private static readonly string[] UsualDirectories = ["/usr/share/ovn", "/usr/share/openvswitch"];

    /// <summary>
    /// The schema with which ovn-ctl starts a database: in the directory of the environment, or else above that of its scripts, where builds put both. Null if there is none.
    /// </summary>
    /// <param name="database">Which database.</param>
    /// <param name="ovnCtl">The ovn-ctl that is run.</param>
    /// <param name="packageData">OVN_PKGDATADIR, or null.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static string? Find(DatabaseParameters database, string ovnCtl, string? packageData, Func<string, bool> exists)
    {
        string?[] directories = packageData is null
            ? [Path.GetDirectoryName(Path.GetDirectoryName(ovnCtl)), .. UsualDirectories]
            : [packageData];
        return directories
            .OfType<string>()
            .Select(directory => Path.Combine(directory, $"ovn-{database.Prefix}.ovsschema"))
            .FirstOrDefault(exists);
    }

    /// <summary>Which schema is in a schema file; null if it cannot be read.</summary>
    public static SchemaId? Read(string path)
    {
        try
        {
            return PlainFile.ReadText(path, MaxBytes, followLink: true) is { } text && JsonNode.Parse(text) is JsonObject schema
                ? SchemaId.Of(schema)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
