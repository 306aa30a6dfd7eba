using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Backups;

/// <summary>Restores one database from its file.</summary>
/// <param name="settings">The settings.</param>
/// <param name="database">Which.</param>
/// <param name="server">The active server.</param>
/// <param name="path">The file.</param>
internal sealed class ContentRestore(CtlSettings settings, DatabaseParameters database, ActiveServer server, string path)
{
    // Clients go on writing: what they wrote between the look and the transaction may not fit to it.
    private const int Tries = 3;

    private const string Brought = "the directory";

    private Rows? _file;

    /// <summary>Restores some, one after the other: the Southbound database follows from the Northbound one. What happens to one is its result, and hides no other one's.</summary>
    public static async Task<IReadOnlyList<DatabaseRestoration>> RunAsync(IEnumerable<ContentRestore> restores)
    {
        var results = new List<DatabaseRestoration>();
        string? ended = null;
        foreach (var restore in restores)
        {
            try
            {
                results.Add(ended is null ? await restore.RunAsync().ConfigureAwait(false) : restore.Without(ended));
            }
            catch (CtlException exception)
            {
                ended = $"not begun after what happened to {restore.Label}";
                results.Add(restore.Without(exception.Message));
            }
        }

        return results;
    }

    /// <summary>What would change.</summary>
    /// <exception cref="CtlException">Something cannot be read.</exception>
    public async Task<DatabaseRestoration> PlanAsync()
    {
        var (plan, schema) = await DecideAsync().ConfigureAwait(false);
        return View(plan, schema, isDone: false, plan.Refusal);
    }

    /// <summary>Does it, by what is there now.</summary>
    /// <exception cref="CtlException">Something cannot be read, or the server cannot be reached; nothing was written.</exception>
    private async Task<DatabaseRestoration> RunAsync()
    {
        for (var i = 1; ; i++)
        {
            var (plan, schema) = await DecideAsync().ConfigureAwait(false);
            if (plan.Refusal is not null || plan.Operations.Count == 0)
            {
                return View(plan, schema, plan.Refusal is null, plan.Refusal);
            }

            OvsdbError? error;
            try
            {
                error = RowWriter.Write(server.Plain(Brought), database.SchemaName, plan.Operations, $"ovndbctl: restored from {path}");
            }
            catch (CtlException exception) when (exception.Status == ExitStatus.NotDone)
            {
                return View(plan, schema, isDone: false, refusal: null) with { Unknown = exception.Message };
            }

            if (error is null || i == Tries)
            {
                return View(plan, schema, error is null, error is null ? null : $"the server did not take it: {error}");
            }
        }
    }

    private async Task<(ContentPlan Plan, string? Schema)> DecideAsync()
    {
        var schema = RowReader.ReadSchema(server.Plain(Brought), database.SchemaName, settings.Timeout);
        var served = TableShape.Of(schema);
        _file ??= await RowReader
            .ReadFileAsync(path, database.SchemaName, ContentPlan.Read(TableShape.Of(RowReader.ReadSchema(path))))
            .ConfigureAwait(false);

        // The row with the marker first: if that is the same when the rows are written, they were all read from the same promotion.
        var tables = ContentPlan.Read(served);
        var active = RowReader.ReadServer(
            server.Plain(Brought),
            database.SchemaName,
            [.. tables.Where(table => table.Name == database.GlobalTable), .. tables.Where(table => table.Name != database.GlobalTable)]
        );
        return (ContentPlan.Decide(database, schema, _file, active), OvsdbValue.Text(schema["version"]));
    }

    private string Label => database.Label;

    private DatabaseRestoration Without(string refusal) =>
        new()
        {
            Database = Label,
            Refusal = refusal,
            Tables = [],
        };

    private DatabaseRestoration View(ContentPlan plan, string? schema, bool isDone, string? refusal) =>
        new()
        {
            Database = database.Label,
            Schema = schema,
            Done = isDone,
            Refusal = refusal,
            Tables = plan.Changes,
        };
}
