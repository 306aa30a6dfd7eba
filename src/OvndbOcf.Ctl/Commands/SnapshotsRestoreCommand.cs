using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl snapshots restore</c>.</summary>
internal static class SnapshotsRestoreCommand
{
    private const string Description = """
        Bring rows of a file back into the active database.

        They come back with their UUIDs, with the rows that are parts of them, such as the ports of a switch, and with the references of other rows to them, in one transaction. It does not ask: look with --dry-run first. It refuses where a name is in use, and where a row needs another one that is gone.
        Exit status: 0 done, 4 refused, 5 it is not known whether they were written.

        Examples:
          ovndbctl snapshots restore FILE --table Logical_Switch --row sw3 --dry-run
          ovndbctl snapshots restore FILE --table Logical_Switch --row sw3 --row sw4
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("restore", Description);
        var file = new Argument<string>("file") { Description = "a name of ovndbctl snapshots list, or the path of a database's file" };
        var table = new Option<string>("--table")
        {
            Description = "the table of the rows",
            HelpName = "NAME",
            Required = true,
        };
        var row = new Option<string[]>("--row")
        {
            Description = "name or UUID of a row; may be given again",
            HelpName = "NAME",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        row.Validators.Add(result =>
        {
            // A word that is none of this command's options is taken for one more row.
            foreach (var word in result.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-')))
            {
                result.AddError($"{word} is no option of snapshots restore; a row whose name begins with - is chosen by its UUID");
            }
        });
        var dry = new Option<bool>("--dry-run") { Description = "say what would be done, and change nothing" };
        command.Add(file);
        command.Add(table);
        command.Add(row);
        command.Add(dry);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var opened = SnapshotFile.Open(facts, arguments.GetValue(file)!);
                var restoration = await RestoreAsync(
                        facts,
                        settings,
                        opened,
                        arguments.GetValue(table)!,
                        arguments.GetValue(row)!,
                        arguments.GetValue(dry)
                    )
                    .ConfigureAwait(false);
                await SnapshotsCommand
                    .WriteAsync(arguments, settings, restoration, options => SnapshotsText.Render(restoration, options))
                    .ConfigureAwait(false);
                return restoration.Refusals.Count > 0 ? ExitStatus.Refused : ExitStatus.Ok;
            }
        );
        return command;
    }

    private static async Task<SnapshotRestoration> RestoreAsync(
        ClusterFacts facts,
        CtlSettings settings,
        SnapshotFile opened,
        string table,
        string[] rows,
        bool isDry
    )
    {
        _ = opened.Chosen(table);
        var name = opened.Database.SchemaName;
        var active = ActiveServer.Find(facts, ViewBuilder.Build(facts), opened.Database);
        var endpoint = active.Plain("the file");
        var schema = RowReader.ReadSchema(endpoint, name, settings.Timeout);
        var rules = DatabaseRules.Of(schema);
        var around = rules.Around(rules.WithParts(table));
        IReadOnlyList<TableShape> inFile = [.. opened.Tables.Where(one => around.Contains(one.Name))];
        var plan = RowRestorePlan.Decide(
            rules,
            await RowReader.ReadFileAsync(opened.View.Path, name, inFile).ConfigureAwait(false),
            RowReader.ReadServer(endpoint, name, [.. TableShape.Of(schema).Where(one => around.Contains(one.Name))]),
            table,
            rows
        );
        var refusals = plan.Refusals;
        if (refusals.Count == 0 && !isDry)
        {
            var comment = $"ovndbctl: rows of {Path.GetFileName(opened.View.Path)}";
            if (RowWriter.Write(endpoint, name, plan.Operations, comment) is { } error)
            {
                refusals = [$"the server did not take it, which happens where something changed meanwhile: {error}"];
            }
        }

        return new SnapshotRestoration
        {
            Snapshot = opened.View,
            Active = active.Node,
            Done = refusals.Count == 0 && !isDry,
            Refusals = refusals,
            Tables = plan.Tables,
            Links = plan.Links,
            LeftOut = plan.LeftOut,
            Operations = plan.Operations,
        };
    }
}
