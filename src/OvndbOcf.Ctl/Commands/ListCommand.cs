using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl list</c>.</summary>
internal static class ListCommand
{
    private const string Description = """
        Show who is active, what each node has, and what is wrong.

        For each node and database: its role, source, schema, the promotion whose data it holds, and the promotion score with its reason. --rows compares which rows this node's backup and the active databases have, which reads both.

        Examples:
          ovndbctl list
          ovndbctl list --watch
          ovndbctl list --rows
          ovndbctl list --output json | jq -r .active
        """;

    // From the top left corner to the end of the screen, line by line, so that nothing flickers.
    private const string Home = "\u001b[H";
    private const string EndOfLine = "\u001b[K";
    private const string EndOfScreen = "\u001b[J";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("list", Description);
        var common = CommonOptions.AddTo(command);
        var watch = new Option<bool>("--watch", "-w") { Description = "show it again every 2 s, until Ctrl-C" };
        var rows = new Option<bool>("--rows") { Description = "count rows that only the backup here or only the active database has" };
        command.Add(watch);
        command.Add(rows);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var output = arguments.InvocationConfiguration.Output;
                var withRows = arguments.GetValue(rows);
                if (!arguments.GetValue(watch))
                {
                    return await ShowAsync(settings, withRows, output, isLive: false).ConfigureAwait(false);
                }

                while (true)
                {
                    var status = await ShowAsync(settings, withRows, output, !Console.IsOutputRedirected).ConfigureAwait(false);
                    try
                    {
                        await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException)
                    {
                        return status;
                    }
                }
            }
        );
        return command;
    }

    private static async Task<int> ShowAsync(CtlSettings settings, bool withRows, TextWriter output, bool isLive)
    {
        var facts = await new Gatherer(settings).GatherAsync().ConfigureAwait(false);
        var view = ViewBuilder.Build(facts);
        if (withRows)
        {
            (view, var failures) = RowsDiffering.AddTo(view, facts, settings);
            foreach (var failure in failures.Distinct())
            {
                await Console.Error.WriteLineAsync($"ovndbctl: rows are not compared: {failure}").ConfigureAwait(false);
            }
        }

        var text = settings.Output == "json" ? CtlJson.Write(view) : ListText.Render(view, RenderOptions.ForConsole());
        await output
            .WriteAsync(isLive ? Home + text.Replace("\n", EndOfLine + "\n", StringComparison.Ordinal) + EndOfScreen : text)
            .ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
        return CommonOptions.StatusOf(view);
    }
}
