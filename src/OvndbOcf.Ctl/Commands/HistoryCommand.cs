using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl history</c>.</summary>
internal static class HistoryCommand
{
    private const string Description = """
        Show the latest promotions: number, node, time, why, and whether the copy that was promoted provably had everything.

        The last 20 are kept in the cluster's configuration.

        Examples:
          ovndbctl history
          ovndbctl history --output json
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("history", Description);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, _) =>
            {
                var settings = common.Settings(arguments);
                var tools = new ClusterTools(settings);
                var cib =
                    await tools.ReadCibAsync().ConfigureAwait(false)
                    ?? tools.ReadCibFile()
                    ?? throw new CtlException(
                        "the cluster's configuration cannot be read; start Pacemaker, or run ovndbctl as root on a node of the cluster"
                    );
                var history = History.Of(cib, cib.Require(settings.Resource).Id);
                await SnapshotsCommand
                    .WriteAsync(arguments, settings, history, options => HistoryText.Render(history, options))
                    .ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
    }
}
