using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace OvndbOcf.UnitTests.Messages;

/// <summary>docs/messages.md and the sources tell operators the same.</summary>
public sealed partial class MessagesPageTests
{
    private static readonly string[] Folders = ["agent", "src/OvndbOcf.Decisions", "src/OvndbOcf.Servers"];

    // Descriptions for meta-data and usage.
    private static readonly string[] FilesOfDescriptions = ["ParameterTable.cs", "AgentDescription.cs", "AgentActions.cs"];

    // What these are given is no warning; one that waits tells what for in a debug message.
    private static readonly string[] OtherCalls = ["Info", "Debug", "WriteLine", "Command", "Says", "StartsWith", "Wait.UntilAsync"];

    // Formats of files, notes and programs' answers, what joins two messages, and texts of information that are put together before they are logged.
    private static readonly HashSet<string> OtherTexts =
    [
        "OVSDB JSON ",
        "OVSDB CLUSTER ",
        "-----BEGIN CERTIFICATE-----",
        "-----END CERTIFICATE-----",
        "pid … died",
        "…: monitoring pid …",
        "… of=…………",
        "once …",
        "twice …",
        "nearly full",
        "…; …",
        "… promotion=… id=… nb=… sb=…",
        "clients connect to …, inactivity probe … ms (inactive_probe_interval)",
        "backups connect to …, …, inactivity probe …",
        "read-only because clients are held to a role",
        "with patience for a large dump",
        "by default",
        "backups need no row of the Connection table any more",
        "with everything that was acknowledged before: the copy holds the closing marker",
        "with their own data",
        "with all that had been replicated; what the former active servers had not sent yet is in their files",
        "and new",
        " after … on …",
        "with the data that was here",
        "though data is missing: this was allowed",
        "… server",
    ];

    [Fact]
    public void Each_text_for_operators_is_on_the_page() => None(InSources().Except(OnPage()));

    [Fact]
    public void Each_text_on_the_page_is_in_the_sources() => None(OnPage().Except(InSources()));

    [Fact]
    public void No_text_is_twice_on_the_page() => Assert.Equal(OnPage().Count(), OnPage().Distinct().Count());

    [Fact]
    public void Strings_are_found_in_expressions_and_put_together()
    {
        const string Source = """
            // "not this one"
            log.Warning($"{(a is '"' ? "first part" : $"second {b["x"]}")} of {c}: {{so}} " + "far");
            """;
        Assert.Equal(["first part", "x", "second …", "… of …: {so} far"], SourceTexts.In(Source).Select(found => found.Text));
        Assert.All(SourceTexts.In(Source), found => Assert.Equal("log.Warning", found.Calls[0]));
    }

    // xunit itself shows the first five of a collection, and the first 50 characters of each.
    private static void None(IEnumerable<string> texts)
    {
        var lines = string.Join('\n', texts.Order(StringComparer.Ordinal));
        Assert.True(lines.Length == 0, lines);
    }

    private static IEnumerable<string> OnPage() =>
        File.ReadLines(Path.Combine(Root(), "docs", "messages.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["text"].Value);

    private static IEnumerable<string> InSources() =>
        Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !FilesOfDescriptions.Contains(Path.GetFileName(path))
            )
            .SelectMany(path => SourceTexts.In(File.ReadAllText(path)))
            .Where(found =>
                Words().IsMatch(found.Text)
                && !OtherTexts.Contains(found.Text)
                && !found.Calls.Any(call => OtherCalls.Any(other => call == other || call.EndsWith("." + other, StringComparison.Ordinal)))
            )
            .Select(found => found.Text)
            .Distinct();

    private static string Root([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "OvndbOcf.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("^\\| `(?<text>.+?)` \\|")]
    private static partial Regex Row();

    // A word and something behind it, or before it: no single words, and no formats that have none.
    [GeneratedRegex("[A-Za-z]{2,}[,;:]? [A-Za-z…'(]|… [A-Za-z]{2,}|[,;:] [A-Za-z]|…; …")]
    private static partial Regex Words();
}
