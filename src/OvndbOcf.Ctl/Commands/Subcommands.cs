using System.CommandLine;
using OvndbOcf.Ctl.Checks;

namespace OvndbOcf.Ctl.Commands;

/// <summary>The commands of <c>ovndbctl</c>: a new one is added here, and nowhere else.</summary>
internal static class Subcommands
{
    /// <summary>The command that is meant where none is named.</summary>
    public const string Default = "list";

    /// <summary>All of them, in the order in which help shows them.</summary>
    public static IEnumerable<Command> Create() =>
        [
            ListCommand.Create(),
            WhyCommand.Create(),
            CheckCommand.Create(),
            HistoryCommand.Create(),
            SwitchoverCommand.Create(),
            FailoverCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            MetricsCommand.Create(),
            SnapshotsCommand.Create(),
            SupportCommand.Create(),
        ];
}
