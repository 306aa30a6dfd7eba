using System.CommandLine;
using OvndbOcf.Ctl.Backups;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl backup</c>.</summary>
internal static class BackupCommand
{
    private const string Description = """
        Write a backup of both databases into a new directory, while they are in use.

        Each file is a consistent copy of the active database, and is read back. The directory is there as a whole or not at all, for its owner alone; nothing is overwritten, and nobody removes old backups.
        Exit status: 0 done, 4 refused, 5 it could not be copied.

        Examples:
          ovndbctl backup /var/backups/ovn/before-upgrade
          ovndbctl backup /var/backups/ovn/$(date -u +%Y%m%dT%H%M%SZ)
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("backup", Description);
        var directory = new Argument<string>("path") { Description = "the directory, which is made" };
        command.Add(directory);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var path = BackupDirectory.Named(arguments.GetValue(directory)!);
                var backup = await WriteAsync(facts, path, cancellation).ConfigureAwait(false);
                await SnapshotsCommand
                    .WriteAsync(arguments, settings, backup, options => BackupText.Render(path, backup, options))
                    .ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
    }

    /// <summary>Makes a backup of both databases.</summary>
    /// <exception cref="CtlException">It could not be made; nothing is left.</exception>
    public static Task<BackupManifest> WriteAsync(ClusterFacts facts, string path, CancellationToken cancellation)
    {
        var view = ViewBuilder.Build(facts);
        var servers = LocalNode
            .ParametersOf(facts.Resource)
            .Databases.Select(database => (database, ActiveServer.Find(facts, view, database)))
            .ToList();
        return BackupDirectory.WriteAsync(
            path,
            new BackupManifest
            {
                Time = DateTimeOffset.UtcNow,
                Resource = facts.Resource.Id,
                Node = servers[0].Item2.Node,
                Version = CtlVersion.Current,
                Databases = [],
            },
            servers,
            cancellation
        );
    }
}
