using System.CommandLine;
using OvndbOcf.Ctl.Checks.Reports;
using OvndbOcf.Ctl.Checks.Rules;

namespace OvndbOcf.Ctl.Checks;

/// <summary>The command <c>check</c>: what is wrong with the configuration and the set-up of the databases, and the commands that mend it.</summary>
public static class CheckCommand
{
    private const string Description = """
        Look for mistakes in the configuration of the databases and in what this node has, and name the command that mends each.

        It changes nothing. Run it before going live, after each change, and on each node: files, ports and services are those of the node where it runs.
        Exit status: 0 nothing above a hint, 1 warnings, 2 errors, 3 nothing could be judged.

        Examples:
          ovndbctl check
          ovndbctl check --resource ovndb2 --severity warning
          ovndbctl check --output json
        """;

    /// <summary>A new one, to be added to the root command.</summary>
    public static Command Create()
    {
        var resource = new Option<string?>("--resource")
        {
            Description = "the resource, its clone or its bundle; needed where there are several",
            HelpName = "NAME",
        };
        var output = Choice("--output", "form of the report", "table", "json");
        var severity = Choice("--severity", "leave out what matters less", "unknown", "hint", "warning", "error");
        var command = new Command("check", Description) { resource, output, severity };
        command.SetAction(
            async (result, _) =>
            {
                var all = await ClusterCheck.RunAsync(result.GetValue(resource)).ConfigureAwait(false);
                var report = all.AtLeast(SeverityOf(result.GetValue(severity)));
                var text = result.GetValue(output) == "json" ? JsonReport.Write(report) : TextReport.Write(report);
                await result.InvocationConfiguration.Output.WriteAsync(text).ConfigureAwait(false);
                return (int)report.Exit;
            }
        );
        return command;
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Severity SeverityOf(string? name) =>
        name switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "hint" => Severity.Hint,
            _ => Severity.Unknown,
        };
}
