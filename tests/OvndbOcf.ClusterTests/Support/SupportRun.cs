using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>An archive of <c>ovndbctl support</c>.</summary>
/// <param name="Files">Its files with their texts, without the folder in which they are.</param>
internal sealed record SupportRun(IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Where it is on the node.</summary>
    public const string OnNode = "/root/ovndb-support.tar.gz";

    /// <summary>What is told to be missing: file to reason.</summary>
    public IReadOnlyDictionary<string, string> Missing { get; } = MissingIn(Files["manifest.json"]);

    /// <summary>The other nodes, as the manifest names them.</summary>
    public IReadOnlyList<string> OtherNodes { get; } = OtherNodesIn(Files["manifest.json"]);

    /// <summary>Makes one on a node, and reads it.</summary>
    public static async Task<SupportRun> TakeAsync(ClusterNode node, CancellationToken cancellationToken, params string[] options)
    {
        await node.ExecCheckedAsync(["rm", "-f", OnNode], cancellationToken: cancellationToken);
        var made = await node.ExecCheckedAsync(["ovndbctl", "support", OnNode, .. options], cancellationToken: cancellationToken);
        Assert.Contains(OnNode, made.Stdout, StringComparison.Ordinal);
        var mode = await node.ExecCheckedAsync(["stat", "--format=%a", OnNode], cancellationToken: cancellationToken);
        Assert.Equal("600", mode.Stdout.Trim());

        var path = Path.GetTempFileName();
        try
        {
            await node.CopyOutAsync(OnNode, path, cancellationToken);
            var archive = new SupportRun(await ReadAsync(path, $"ovndb-support-{node.Name}/", cancellationToken));
            Assert.Equal(NamesIn(archive.Files["manifest.json"]).Append("manifest.json").Order(), archive.Files.Keys.Order());
            return archive;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string path, string folder, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            Assert.StartsWith(folder, entry.Name, StringComparison.Ordinal);
            using var text = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            files.Add(entry.Name[folder.Length..], await text.ReadToEndAsync(cancellationToken));
        }

        return files;
    }

    private static List<string> NamesIn(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        return [.. document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];
    }

    private static Dictionary<string, string> MissingIn(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        return document
            .RootElement.GetProperty("missing")
            .EnumerateArray()
            .ToDictionary(gap => gap.GetProperty("name").GetString()!, gap => gap.GetProperty("reason").GetString()!);
    }

    private static List<string> OtherNodesIn(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        return [.. document.RootElement.GetProperty("otherNodes").EnumerateArray().Select(node => node.GetString()!)];
    }
}
