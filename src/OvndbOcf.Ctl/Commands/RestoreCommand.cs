using System.CommandLine;
using System.Globalization;
using OvndbOcf.Ctl.Backups;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl restore</c>.</summary>
internal static class RestoreCommand
{
    private const string Description = """
        Put the content of a backup in place of that of the active databases.

        It says how many rows change, has you confirm that, backs up what is there, and replaces the rows of each database in one transaction. The cluster goes on meanwhile. Rows keep their UUIDs, and the marks by which the cluster measures copies stay. The Northbound database alone is usually enough (--database nb): ovn-northd and the hypervisors write the Southbound one from it.
        Exit status: 0 done, 4 refused or not confirmed, 5 not done, or not wholly.

        Examples:
          ovndbctl restore /var/backups/ovn/before-upgrade --dry-run
          ovndbctl restore /var/backups/ovn/before-upgrade --database nb
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("restore", Description);
        var directory = new Argument<string>("path") { Description = "the directory of the backup" };
        var only = new Option<string?>("--database") { Description = "nb or sb alone; without it both", HelpName = "DB" };
        only.AcceptOnlyFromAmong("nb", "sb");
        var dry = new Option<bool>("--dry-run") { Description = "say what would change, and change nothing" };
        var yes = CommonOptions.Yes();
        command.Add(directory);
        command.Add(only);
        command.Add(dry);
        command.Add(yes);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var path = BackupDirectory.Named(arguments.GetValue(directory)!);
                var databases = LocalNode
                    .ParametersOf(facts.Resource)
                    .Databases.Where(database => arguments.GetValue(only) is not { } named || database.Prefix == named)
                    .ToList();
                Task TellAsync(BackupRestoration restoration) =>
                    SnapshotsCommand.WriteAsync(arguments, settings, restoration, options => BackupText.Render(restoration, options));

                var (plan, restores) = await PlanAsync(facts, settings, path, databases).ConfigureAwait(false);
                var isRefused = plan.Databases.Any(database => database.Refusal is not null);
                var isSame = plan.Databases.All(database => database.Tables.Count == 0);
                if (arguments.GetValue(dry) || isRefused || isSame)
                {
                    await TellAsync(plan).ConfigureAwait(false);
                    return isRefused ? ExitStatus.Refused : ExitStatus.Ok;
                }

                if (!arguments.GetValue(yes))
                {
                    await TellAsync(plan).ConfigureAwait(false);
                }

                var phrase = $"replace {string.Join(" and ", databases.Select(database => database.Label))}";
                if (
                    !await new Confirmation(arguments.InvocationConfiguration.Output)
                        .IsGivenAsync(phrase, arguments.GetValue(yes), cancellation)
                        .ConfigureAwait(false)
                )
                {
                    return ExitStatus.Refused;
                }

                // Whoever was interrupted runs it again at once, which may be within the same second.
                var before = FreeName.Like(
                    string.Create(CultureInfo.InvariantCulture, $"{path}.before-{DateTimeOffset.UtcNow:yyyyMMdd'T'HHmmss'Z'}")
                );
                await BackupCommand.WriteAsync(facts, before, cancellation).ConfigureAwait(false);

                // At once: whoever ends this, or loses the connection to the node, has to know the way back.
                await arguments.InvocationConfiguration.Error.WriteLineAsync($"What was there before: {before}").ConfigureAwait(false);
                var done = plan with { Before = before, Databases = await ContentRestore.RunAsync(restores).ConfigureAwait(false) };
                await TellAsync(done).ConfigureAwait(false);
                return done.Databases.All(database => database.Done) ? ExitStatus.Ok : ExitStatus.NotDone;
            }
        );
        return command;
    }

    private static async Task<(BackupRestoration Plan, IReadOnlyList<ContentRestore> Restores)> PlanAsync(
        ClusterFacts facts,
        CtlSettings settings,
        string path,
        List<DatabaseParameters> databases
    )
    {
        var backup = await BackupDirectory.ReadAsync(path, databases.Select(database => database.Label)).ConfigureAwait(false);
        var view = ViewBuilder.Build(facts);
        if (view.Nodes.FirstOrDefault(node => node.Role == InstanceRole.Changing) is { } busy)
        {
            throw new CtlException($"an action is under way on {busy.Name}; try again when ovndbctl list shows none", ExitStatus.Refused);
        }

        var restores = databases
            .Select(database => new ContentRestore(
                settings,
                database,
                ActiveServer.Find(facts, view, database),
                BackupDirectory.PathOf(path, backup.Databases.First(file => file.Database == database.Label))
            ))
            .ToList();
        var plans = new List<DatabaseRestoration>();
        foreach (var restore in restores)
        {
            plans.Add(await restore.PlanAsync().ConfigureAwait(false));
        }

        return (
            new BackupRestoration
            {
                Directory = path,
                Backup = backup,
                Active = view.Active!,
                Databases = plans,
            },
            restores
        );
    }
}
