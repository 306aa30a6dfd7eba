using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>Dependencies between the folders of the product point one way.</summary>
public sealed class FolderGraphTests
{
    private static readonly FolderGraph Graph = FolderGraph.Draw();

    [Fact]
    public void No_folders_depend_on_each_other()
    {
        // xunit shows the first characters of texts that it compares.
        var cycles = string.Join('\n', Graph.FindCycles());
        Assert.True(cycles.Length == 0, cycles);
    }

    [Fact]
    public void Folders_that_depend_on_each_other_are_told_with_each_step()
    {
        Assert.Empty(FolderGraph.Of(("a", "b"), ("a", "c"), ("b", "c"), ("a", "a")).FindCycles());
        Assert.Equal(["a -> b (told); b -> a (told)"], FolderGraph.Of(("a", "b"), ("b", "a"), ("b", "c")).FindCycles());
        Assert.Equal(
            ["b -> c (told); c -> d (told); d -> b (told)"],
            FolderGraph.Of(("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")).FindCycles()
        );
        Assert.Equal(
            ["a -> b (told); b -> a (told)", "c -> d (told); d -> c (told)"],
            FolderGraph.Of(("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c")).FindCycles()
        );
    }

    [Theory]
    [InlineData("OvndbOcf.Servers.Actions", "OvndbOcf.Decisions.Copies")]
    [InlineData("OvndbOcf.Servers.Control", "OvndbOcf.Ovsdb.Client")]
    // A constant alone.
    [InlineData("OvndbOcf.Decisions.Instance", "OvndbOcf.Decisions.Connections")]
    public void What_is_used_is_in_the_graph(string folder, string used)
    {
        Assert.True(Graph.Has(folder, used));
        Assert.False(Graph.Has(used, folder));
    }

    [Fact]
    public void Decisions_know_nothing_of_the_cluster_and_nobody_below_them_knows_of_them()
    {
        var decisions = Graph.Folders.Where(folder => folder.StartsWith("OvndbOcf.Decisions", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(decisions);
        foreach (var folder in decisions)
        {
            Assert.DoesNotContain(Graph.Folders, other => IsAbove(other) && Graph.Has(folder, other));
            Assert.DoesNotContain(Graph.Folders, other => !IsAbove(other) && !decisions.Contains(other) && Graph.Has(other, folder));
        }

        static bool IsAbove(string folder) =>
            folder.StartsWith("OvndbOcf.Servers", StringComparison.Ordinal)
            || folder.StartsWith("OvndbOcf.Ctl", StringComparison.Ordinal)
            || folder.StartsWith("OvndbOcf.Pacemaker", StringComparison.Ordinal);
    }

    [Fact]
    public void Each_source_is_in_the_folder_of_its_namespace() =>
        Assert.All(
            Product.Sources,
            source =>
                Assert.Equal(
                    Path.GetDirectoryName(Product.PathOf(source))!.Replace('/', '.'),
                    FolderGraph.NamespaceOf(File.ReadAllText(source))
                )
        );
}
