using System.CommandLine;
using System.CommandLine.Parsing;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Commands;

/// <summary>The options that commands share.</summary>
internal sealed class CommonOptions
{
    private const int UsualSeconds = 120;
    private const int MostSeconds = 3600;

    private readonly Option<string?> _resource = new("--resource")
    {
        Description = "the resource, its clone or its bundle; needed where there are several",
        HelpName = "NAME",
    };

    private readonly Option<string?> _output = new("--output") { Description = "table for people, or json", HelpName = "FORM" };

    private CommonOptions() => _output.AcceptOnlyFromAmong("table", "json");

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasOutput">Whether its result can be JSON.</param>
    public static CommonOptions AddTo(Command command, bool hasOutput = true)
    {
        var options = new CommonOptions();
        command.Add(options._resource);
        if (hasOutput)
        {
            command.Add(options._output);
        }

        return options;
    }

    /// <summary>Whether the command line asks for JSON.</summary>
    public bool IsJson(CommandResult arguments) => arguments.GetValue(_output) == "json";

    /// <summary>The settings with what the command line says.</summary>
    public CtlSettings Settings(ParseResult arguments)
    {
        var settings = CtlSettings.Read();
        return settings with
        {
            Resource = arguments.GetValue(_resource) ?? settings.Resource,
            Output = arguments.GetValue(_output) ?? settings.Output,
        };
    }

    /// <summary>The option by which a script confirms what a person would be asked to type.</summary>
    public static Option<bool> Yes() => new("--yes") { Description = "do not ask; for scripts" };

    /// <summary>The option of how long an action in the cluster may take.</summary>
    public static Option<int> Timeout()
    {
        var timeout = new Option<int>("--timeout")
        {
            Description = "how long to wait, in seconds",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => UsualSeconds,
        };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostSeconds)
            {
                result.AddError($"--timeout wants seconds from 1 to {MostSeconds}");
            }
        });
        return timeout;
    }

    /// <summary>A node that the command line names; null if it names none.</summary>
    /// <exception cref="CtlException">The cluster has no such node.</exception>
    public static string? NodeOf(ClusterView view, string? name) =>
        name is null || view.Nodes.Any(node => node.Name == name)
            ? name
            : throw new CtlException(
                $"the cluster has no node {name}; there are: {string.Join(", ", view.Nodes.Select(node => node.Name))}",
                ExitStatus.Usage
            );

    /// <summary>The exit status that a view stands for.</summary>
    public static int StatusOf(ClusterView view) =>
        view.Problems.Count == 0 || view.Problems[0].Severity == ProblemSeverity.Note ? ExitStatus.Ok
        : view.Problems[0].Severity == ProblemSeverity.Warning ? ExitStatus.Warning
        : view.PacemakerAnswers ? ExitStatus.Critical
        : ExitStatus.Unknown;
}
