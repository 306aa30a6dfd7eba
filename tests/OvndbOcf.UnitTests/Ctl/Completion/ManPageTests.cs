using System.Text.RegularExpressions;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Completion;

/// <summary>agent/packaging/ovndbctl.8 has what the commands have, and nothing else.</summary>
public sealed partial class ManPageTests
{
    // Explained once, for all commands that have them.
    private static readonly string[] Common = ["--resource", "--output", "--help"];

    // As a reader sees it, but for paragraphs and sections.
    private static readonly string[] Lines =
    [
        .. File.ReadLines(Path.Combine(Product.Root(), "agent", "packaging", "ovndbctl.8"))
            .Select(line => Font().Replace(line, "").Replace("\\-", "-", StringComparison.Ordinal)),
    ];

    private static readonly CommandShape[] All = [.. CommandShape.Ovndbctl().WithAllBelow];
    private static readonly CommandShape[] Commands = [.. All.Where(command => command.Subcommands.Count == 0)];

    [Fact]
    public void Each_command_is_there_with_its_options_in_the_order_of_help() =>
        Assert.Equal(
            Commands.Select(command => Told(command.Path, command.Options.Select(option => option.Names[0]).Except(Common))),
            Headings("COMMANDS").Select(heading => Told(CommandIn(heading), OptionsIn(heading)))
        );

    [Fact]
    public void Each_option_is_explained_and_no_other() =>
        Assert.Equal(
            All.SelectMany(command => command.Options).SelectMany(option => option.Names).Distinct().Order(),
            Headings("OPTIONS").SelectMany(OptionsIn).Order()
        );

    [Fact]
    public void The_words_behind_an_option_are_those_that_it_takes() =>
        Assert.All(
            Commands.SelectMany(command => command.Options).Where(option => option.Kind == ValueKind.Words),
            option =>
            {
                var heading = Assert.Single(Headings("OPTIONS"), heading => OptionsIn(heading).Contains(option.Names[0]));
                Assert.Equal(option.Words.Order(), heading.Split(' ')[^1].Split('|').Order());
            }
        );

    [Fact]
    public void The_commands_without_JSON_are_named()
    {
        var without = Commands
            .Where(command => !command.Options.Any(option => option.Names.Contains("--output")))
            .Select(command => command.Path)
            .ToList();
        Assert.Contains(
            $"all commands but {string.Join(", ", without[..^1])} and {without[^1]}, ",
            string.Join('\n', Lines),
            StringComparison.Ordinal
        );
    }

    private static string Told(string command, IEnumerable<string> options) =>
        $"{command}: {string.Join(' ', options.Order(StringComparer.Ordinal))}";

    private static string CommandIn(string heading) => string.Join(' ', heading.Split(' ').TakeWhile(word => Word().IsMatch(word)));

    private static IEnumerable<string> OptionsIn(string heading) => Option().Matches(heading).Select(match => match.Value);

    /// <summary>The first lines of a section's paragraphs.</summary>
    private static IEnumerable<string> Headings(string section)
    {
        var begin = Array.IndexOf(Lines, $".SH {section}") + 1;
        var end = Array.FindIndex(Lines, begin, line => line.StartsWith(".SH ", StringComparison.Ordinal));
        return Enumerable.Range(begin, end - begin - 1).Where(at => Lines[at] == ".TP").Select(at => Lines[at + 1]);
    }

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Word();

    [GeneratedRegex("(?<![a-z-])--?[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"\\f[BIR]")]
    private static partial Regex Font();
}
