using System.Text.RegularExpressions;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Pacemaker;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>What instances tell each other by the cluster is in the table of docs/design.md, and nothing else is.</summary>
public sealed partial class SharedTableTests
{
    [Fact]
    public void The_table_names_what_the_agent_leaves_in_the_cluster() =>
        Assert.Equal(InSources().Order(StringComparer.Ordinal), InTable().Order(StringComparer.Ordinal));

    private static IEnumerable<string> InSources() =>
        Directory
            .EnumerateFiles(Path.Combine(Product.Root(), "src", "OvndbOcf.Servers"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Product.Root(), "src", "OvndbOcf.Pacemaker"), "*.cs"))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => OfResource().Matches(File.ReadAllText(file)))
            .Select(match =>
                match.Groups["before"].Success ? match.Groups["before"].Value + "RESOURCE" : "RESOURCE" + match.Groups["after"].Value
            )
            .Append(PacemakerTools.ReplicationInfo)
            .Append($"external_ids:{PromotionMarker.Key}")
            .Append($"external_ids:{BackupListenerRow.Mark}")
            .Distinct();

    private static IEnumerable<string> InTable() =>
        File.ReadLines(Path.Combine(Product.Root(), "docs", "design.md"))
            .SkipWhile(line => line != "## What the agent leaves in the cluster")
            .TakeWhile(line => line != "## What the agent remembers")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

    // A name that the resource's is a part of.
    [GeneratedRegex("""(?:"(?<before>[a-z-]+-)" \+ [Rr]esource\b|Prefix = "(?<before>ovndb-[a-z]+-)"|\bResource \+ "(?<after>-[a-z]+)")""")]
    private static partial Regex OfResource();
}
