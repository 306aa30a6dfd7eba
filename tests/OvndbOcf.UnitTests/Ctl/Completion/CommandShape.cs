using System.CommandLine;
using System.CommandLine.Completions;

namespace OvndbOcf.UnitTests.Ctl.Completion;

/// <summary>What the word behind an option, or an argument, can be.</summary>
internal enum ValueKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>One of some words.</summary>
    Words,

    /// <summary>A node of the cluster.</summary>
    Node,

    /// <summary>A file.</summary>
    File,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>An option of a command.</summary>
internal sealed record OptionShape(IReadOnlyList<string> Names, string Description, ValueKind Kind, IReadOnlyList<string> Words);

/// <summary>A command of <c>ovndbctl</c> as completion sees it.</summary>
/// <param name="Path">Its name with those of the commands around it; empty for <c>ovndbctl</c> itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Options">Its options.</param>
/// <param name="Argument">What its argument can be.</param>
/// <param name="Subcommands">The commands in it.</param>
internal sealed record CommandShape(
    string Path,
    string Description,
    IReadOnlyList<OptionShape> Options,
    ValueKind Argument,
    IReadOnlyList<CommandShape> Subcommands
)
{
    /// <summary>Its own name.</summary>
    public string Name => Path.Split(' ')[^1];

    /// <summary>All that there are, outer ones first.</summary>
    public IEnumerable<CommandShape> WithAllBelow => Subcommands.SelectMany(command => command.WithAllBelow).Prepend(this);

    /// <summary><c>ovndbctl</c> with everything in it.</summary>
    public static CommandShape Ovndbctl()
    {
        var root = new RootCommand();
        foreach (var command in OvndbOcf.Ctl.Commands.Subcommands.Create())
        {
            root.Add(command);
        }

        return Of(root, "");
    }

    private static CommandShape Of(Command command, string path) =>
        new(
            path,
            FirstLine(command.Description),
            [
                .. command.Options.Select(Of),
                .. path.Length == 0 ? [] : (OptionShape[])[new(["--help"], "Show help and usage information", ValueKind.None, [])],
            ],
            command.Arguments.Select(argument => KindOf(argument.Name.ToUpperInvariant())).FirstOrDefault(),
            [.. command.Subcommands.Select(below => Of(below, $"{path} {below.Name}".TrimStart()))]
        );

    private static OptionShape Of(Option option)
    {
        IReadOnlyList<string> words =
            option.ValueType == typeof(bool)
                ? []
                : [.. option.GetCompletions(CompletionContext.Empty).Select(word => word.Label).Order(StringComparer.Ordinal)];
        return new OptionShape(
            [option.Name, .. option.Aliases.Where(alias => alias is not ['/', ..] and not "-?").Order(StringComparer.Ordinal)],
            FirstLine(option.Description),
            option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 ? ValueKind.None
                : words.Count > 0 ? ValueKind.Words
                : KindOf(option.HelpName ?? ""),
            words
        );
    }

    private static ValueKind KindOf(string name) =>
        name switch
        {
            "NODE" => ValueKind.Node,
            "PATH" or "FILE" => ValueKind.File,
            _ => ValueKind.Text,
        };

    private static string FirstLine(string? text) => (text ?? "").Split('\n', 2)[0].TrimEnd('.');
}
