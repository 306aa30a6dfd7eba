using System.Text.RegularExpressions;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>Each note that an action leaves for the next ones is in the table of docs/design.md, and no other.</summary>
public sealed partial class NotesTableTests
{
    [Fact]
    public void The_table_of_notes_names_what_the_sources_write() =>
        Assert.Equal(InSources().Order(StringComparer.Ordinal), InTable().Order(StringComparer.Ordinal));

    private static IEnumerable<string> InSources() =>
        Directory
            .EnumerateFiles(Path.Combine(Product.Root(), "src", "OvndbOcf.Servers"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Kind().Matches(File.ReadAllText(file)))
            .Select(match => Interpolated().Replace(match.Groups["kind"].Value, "DB"))
            .Distinct();

    private static IEnumerable<string> InTable() =>
        File.ReadLines(Path.Combine(Product.Root(), "docs", "design.md"))
            .SkipWhile(line => line != "## What the agent remembers")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split('|')[1]))
            .Select(match => match.Groups[1].Value);

    // The last argument of what makes a note: the directory, whose it is, and its kind.
    [GeneratedRegex(
        """(?:[Rr]esource|ResourceName|[Dd]irectories\.Run\)),\s+\$?"(?<kind>[^" ]+)"[,)\s]|string kind = "(?<kind>[^"]+)["]"""
    )]
    private static partial Regex Kind();

    [GeneratedRegex("""\{[^}]*\}""")]
    private static partial Regex Interpolated();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
