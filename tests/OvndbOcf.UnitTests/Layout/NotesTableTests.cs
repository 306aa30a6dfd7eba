using System.Text.RegularExpressions;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>Each note that an action leaves for the next ones is in the table of docs/design.md, and no other.</summary>
public sealed partial class NotesTableTests
{
    private const string Memory = "OvndbOcf.Servers/Memory/ResourceMemory.cs";

    [Fact]
    public void The_table_of_notes_names_what_the_sources_write() =>
        Assert.Equal(InSources().Order(StringComparer.Ordinal), InTable().Order(StringComparer.Ordinal));

    [Fact]
    public void One_place_makes_all_notes() =>
        Assert.Equal([Memory], Product.Sources.Where(source => Making().IsMatch(File.ReadAllText(source))).Select(Product.PathOf));

    private static IEnumerable<string> InSources() =>
        Kind()
            .Matches(File.ReadAllText(Path.Combine(Product.Root(), "src", Memory)))
            .Select(match => Interpolated().Replace(match.Groups["kind"].Value, "DB"));

    private static IEnumerable<string> InTable() =>
        File.ReadLines(Path.Combine(Product.Root(), "docs", "design.md"))
            .SkipWhile(line => line != "## What the agent remembers")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split('|')[1]))
            .Select(match => match.Groups[1].Value);

    [GeneratedRegex("""(?:OfResource\(|OfServers\(|ResourceName, )\$?"(?<kind>[^"]+)["]""")]
    private static partial Regex Kind();

    [GeneratedRegex("""\{[^}]*\}""")]
    private static partial Regex Interpolated();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"new StateFile\(|StateFile \w+ (=>|=) new\(")]
    private static partial Regex Making();
}
