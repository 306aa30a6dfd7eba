using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl snapshots</c>.</summary>
internal static class SnapshotsCommand
{
    private const string Description = """
        Show the database files that were set aside on this node, which of their rows the active database lacks, and bring rows back.

        The agent sets a copy aside before it is overwritten, where it may hold rows that no other copy has. Only restore changes anything.

        Examples:
          ovndbctl snapshots list
          ovndbctl snapshots diff ovnnb_db.db.aside-node1-p3-20261127T070000123Z
          ovndbctl snapshots restore FILE --table Logical_Switch --row sw3
        """;

    private const string ListDescription = """
        Show the files that are set aside on this node.

        Examples:
          ovndbctl snapshots list
          ovndbctl snapshots list --output json
        """;

    private const string ShowDescription = """
        Show how many rows a file has in each table, or the rows of one table.

        Examples:
          ovndbctl snapshots show FILE
          ovndbctl snapshots show FILE --table Logical_Switch
        """;

    private const string DiffDescription = """
        Show the rows of a file that the active database lacks.

        Rows are the same where they have the same UUID. The file is compared with the database on this node, which has to be active or to follow the active one.
        Exit status: 0 the active database has each row, 1 it lacks some, 3 not known.

        Examples:
          ovndbctl snapshots diff FILE
          ovndbctl snapshots diff FILE --table ACL
          ovndbctl snapshots diff FILE --changed --output json
        """;

    /// <summary>A new one.</summary>
    public static Command Create() => new("snapshots", Description) { List(), Show(), Diff(), SnapshotsRestoreCommand.Create() };

    private static Command List()
    {
        var command = new Command("list", ListDescription);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var list = new SnapshotList { LocalNode = facts.LocalNode, Snapshots = SnapshotFile.Find(facts) };
                await WriteAsync(arguments, settings, list, options => SnapshotsText.Render(list, options)).ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", ShowDescription);
        var (file, table, common) = AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var opened = SnapshotFile.Open(facts, arguments.GetValue(file)!);
                var only = arguments.GetValue(table);
                IReadOnlyList<TableShape> tables = [.. opened.Chosen(only).Select(shape => shape with { Columns = shape.Naming })];
                var rows = await RowReader.ReadFileAsync(opened.View.Path, opened.Database.SchemaName, tables).ConfigureAwait(false);
                var content = new SnapshotContent
                {
                    Snapshot = opened.View,
                    Schema = opened.Schema,
                    Tables = RowComparison.List(tables, rows),
                };
                await WriteAsync(arguments, settings, content, options => SnapshotsText.Render(content, only, options))
                    .ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
    }

    private static Command Diff()
    {
        var command = new Command("diff", DiffDescription);
        var (file, table, common) = AddTo(command);
        var changed = new Option<bool>("--changed") { Description = "show also rows that the active database has with other values" };
        command.Add(changed);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var opened = SnapshotFile.Open(facts, arguments.GetValue(file)!);
                var only = arguments.GetValue(table);
                var difference = await CompareAsync(facts, settings, opened, opened.Chosen(only), arguments.GetValue(changed))
                    .ConfigureAwait(false);
                await WriteAsync(arguments, settings, difference, _ => SnapshotsText.Render(difference, only)).ConfigureAwait(false);
                return difference.Tables.Any(one => one.Missing.Count > 0) ? ExitStatus.Warning : ExitStatus.Ok;
            }
        );
        return command;
    }

    private static (Argument<string> File, Option<string?> Table, CommonOptions Common) AddTo(Command command)
    {
        var file = new Argument<string>("file") { Description = "a name of ovndbctl snapshots list, or the path of a database's file" };
        var table = new Option<string?>("--table") { Description = "only the rows of this table", HelpName = "NAME" };
        command.Add(file);
        command.Add(table);
        return (file, table, CommonOptions.AddTo(command));
    }

    private static async Task<SnapshotDifference> CompareAsync(
        ClusterFacts facts,
        CtlSettings settings,
        SnapshotFile opened,
        IReadOnlyList<TableShape> tables,
        bool withChanged
    )
    {
        var database = opened.Database;
        if (facts.Local?.Servers.Of(database.Kind).State is not (ServerState.Active or ServerState.Replicating))
        {
            throw new CtlException(
                $"the {database.Label} database on this node is neither active nor follows the active one, so what that has is not known here; see ovndbctl list"
            );
        }

        var server = OvsdbEndpoint.Unix(ServerPaths.Of(LocalNode.ParametersOf(facts.Resource).Directories, database).Database);
        var served = TableShape.Of(RowReader.ReadSchema(server, database.SchemaName, settings.Timeout));

        // What only one of both schemas has cannot be compared, and a row of a table that went is missing.
        var common = TableShape
            .Common(tables, served)
            .Select(table => withChanged ? table : table with { Columns = table.Naming })
            .ToList();
        var compared = tables.Select(table => common.Find(one => one.Name == table.Name) ?? table with { Columns = table.Naming }).ToList();
        return new SnapshotDifference
        {
            Snapshot = opened.View,
            LocalNode = facts.LocalNode,
            Tables = RowComparison.Compare(
                compared,
                await RowReader.ReadFileAsync(opened.View.Path, database.SchemaName, compared).ConfigureAwait(false),
                RowReader.ReadServer(server, database.SchemaName, common),
                withChanged
            ),
        };
    }

    internal static Task WriteAsync<T>(ParseResult arguments, CtlSettings settings, T result, Func<RenderOptions, string> render) =>
        arguments.InvocationConfiguration.Output.WriteAsync(
            settings.Output == "json" ? CtlJson.Write(result) : render(RenderOptions.ForConsole())
        );
}
