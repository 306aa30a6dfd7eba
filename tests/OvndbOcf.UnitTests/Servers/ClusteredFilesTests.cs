using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ClusteredFilesTests : IDisposable
{
    private const string Clustered = "OVSDB CLUSTER 12 abc\n{}";

    private readonly ControlFixture _control = new();

    public ClusteredFilesTests() => Directory.CreateDirectory(_control.Folder["ovn"]);

    public void Dispose() => _control.Dispose();

    [Theory]
    [InlineData(null, null, new string[0])]
    [InlineData("OVSDB JSON 12 abc\n{}", "", new string[0])]
    [InlineData("OVSDB CLUS", "OVSDB CLUSTERED", new string[0])]
    [InlineData(Clustered, null, new[] { "NB" })]
    [InlineData(null, Clustered, new[] { "SB" })]
    [InlineData(Clustered, Clustered, new[] { "NB", "SB" })]
    public void Each_clustered_file_is_named_with_what_to_do(string? northbound, string? southbound, string[] labels)
    {
        Write("nb", northbound);
        Write("sb", southbound);
        var refusal = ClusteredFiles.FindRefusal(_control.Parameters);
        Assert.Equal(labels.Length == 0, refusal is null);
        Assert.All(
            labels,
            label =>
            {
                var path = _control.Folder[$"ovn/ovn{(label == "NB" ? "nb" : "sb")}_db.db"];
                Assert.Contains(
                    $"{label}: {path} belongs to a RAFT cluster; convert the file: ovsdb-tool cluster-to-standalone",
                    refusal,
                    StringComparison.Ordinal
                );
            }
        );
    }

    private void Write(string prefix, string? content)
    {
        if (content is not null)
        {
            _control.Folder.Write($"ovn/ovn{prefix}_db.db", content);
        }
    }
}
