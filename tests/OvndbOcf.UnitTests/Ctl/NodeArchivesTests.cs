using OvndbOcf.Ctl.Support;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What comes of other nodes' answers, by a program in ssh's place.</summary>
public sealed class NodeArchivesTests : IDisposable
{
    private static readonly byte[] Archive = [.. Enumerable.Range(0, 700).Select(number => (byte)number)];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Each_nodes_archive_is_there_or_why_it_is_not()
    {
        var text = Convert.ToBase64String(Archive, Base64FormattingOptions.InsertLineBreaks);
        _folder.RecordingScript(
            "ssh",
            $"""
            case $6 in
                node2) echo '{text}' ;;
                node3) echo 'node3: Permission denied (publickey).' >&2; exit 255 ;;
                node4) echo 'Welcome to node4!' ;;
            esac
            """
        );
        var found = await new NodeArchives(_folder["ssh"], "ovndb").FetchAsync(["node2", "node3", "node4", "node5"]);
        Assert.Equal(
            ["nodes/node2.tar.gz", "nodes/node3.tar.gz", "nodes/node4.tar.gz", "nodes/node5.tar.gz"],
            found.Select(entry => entry.Name)
        );
        Assert.Equal(Archive, found[0].Archive);
        Assert.Equal(
            [
                null,
                "ssh to node3: node3: Permission denied (publickey).",
                "what ovndbctl on node4 printed is no archive",
                "what ovndbctl on node5 printed is no archive",
            ],
            found.Select(entry => entry.Problem)
        );
        Assert.All(found[1..], entry => Assert.Null(entry.Archive));
        Assert.Contains("ssh|-o|BatchMode=yes|-o|ConnectTimeout=10|--|node2|ovndbctl|support|-|--resource|ovndb", _folder.Calls);
    }

    [Fact]
    public void An_archive_that_was_fetched_is_put_in_as_it_is()
    {
        var files = SupportContent.Build(
            SupportTests.Manifest,
            [
                new SupportEntry("nodes/node2.tar.gz", null) { Archive = Archive },
                new SupportEntry("nodes/node3.tar.gz", null, "ssh to node3: no route"),
            ]
        );
        Assert.Equal(["manifest.json", "nodes/node2.tar.gz"], files.Select(file => file.Name));
        Assert.Equal(Archive, files[1].Content);
        var manifest = System.Text.Encoding.UTF8.GetString(files[0].Content);
        Assert.Contains("ssh to node3: no route", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be read", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_an_archive_is_read_back()
    {
        var text = SupportArchive.Text("ovndb-support-node1", [("a.txt", Archive)], SupportTests.Manifest.Time);
        var bytes = Convert.FromBase64String(text);
        using var tar = new System.Formats.Tar.TarReader(
            new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress)
        );
        var entry = tar.GetNextEntry()!;
        Assert.Equal("ovndb-support-node1/a.txt", entry.Name);
        var content = new MemoryStream();
        entry.DataStream!.CopyTo(content);
        Assert.Equal(Archive, content.ToArray());
        Assert.Null(tar.GetNextEntry());
    }
}
