using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>
/// How chosen rows of a file come back into the active database: with their UUIDs, with the rows that are parts of them, and with the references of other rows to them. Pure. What cannot be had as it was
/// is refused with a reason, but for weak references, which do without the row that they name.
/// </summary>
internal sealed class RowRestorePlan
{
    // The agent keeps these, and each cluster has its own.
    private static readonly string[] Kept = ["NB_Global", "SB_Global", "Connection", "SSL"];

    private readonly DatabaseRules _rules;
    private readonly RowIndex _file;
    private readonly RowIndex _active;
    private readonly Dictionary<Guid, IdentifiedRow> _chosen = [];
    private readonly HashSet<Guid> _parts = [];
    private readonly List<string> _refusals = [];
    private readonly List<RowLink> _links = [];
    private readonly List<string> _leftOut = [];

    private RowRestorePlan(DatabaseRules rules, Rows file, Rows active) =>
        (_rules, _file, _active) = (rules, new RowIndex(file), new RowIndex(active));

    /// <summary>Why it cannot be done; empty if it can.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>The rows that come back: first the table of those that were asked for, then their parts.</summary>
    public IReadOnlyList<TableRows> Tables =>
        [
            .. _chosen
                .Values.GroupBy(row => row.Table, StringComparer.Ordinal)
                .OrderBy(group => group.All(row => _parts.Contains(row.Id)))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new TableRows(
                    group.Key,
                    [.. group.Select(row => row.View).OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Uuid)]
                )),
        ];

    /// <summary>The references to them that rows of the active database get back.</summary>
    public IReadOnlyList<RowLink> Links => _links;

    /// <summary>What does not come back.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>The operations of the transaction; empty if it is refused.</summary>
    public IReadOnlyList<JsonObject> Operations { get; private set; } = [];

    /// <summary>Decides.</summary>
    /// <param name="rules">The schema of the active database.</param>
    /// <param name="file">The rows of the file, of the tables <see cref="DatabaseRules.Around"/> the table and its parts, with all columns of the file.</param>
    /// <param name="active">The same of the active database.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Names or UUIDs of rows.</param>
    public static RowRestorePlan Decide(DatabaseRules rules, Rows file, Rows active, string table, IReadOnlyList<string> rows)
    {
        var plan = new RowRestorePlan(rules, file, active);
        if (Kept.Contains(table, StringComparer.Ordinal))
        {
            plan._refusals.Add($"rows of {table} are this cluster's own");
        }
        else if (rules.Table(table) is null)
        {
            plan._refusals.Add($"the active database has no table {table}");
        }
        else
        {
            plan.Choose(table, rows);
            plan.AddParts();
            plan.FindClashes();
            plan.Link();
            plan.Operations =
                plan._refusals.Count > 0 ? [] : RowRestoreOperations.Build(rules, plan._active, plan._chosen, plan._links, plan._leftOut);
        }

        return plan;
    }

    private void Choose(string table, IReadOnlyList<string> wanted)
    {
        foreach (var word in wanted)
        {
            var found = Guid.TryParseExact(word, "D", out var id)
                ? _file.Of(table).Where(row => row.Id == id).ToList()
                : _file.Of(table).Where(row => row.View.Name == word).ToList();
            if (found is not [var only])
            {
                _refusals.Add(
                    found.Count == 0
                        ? $"the file has no row {word} in {table}"
                        : $"the file has several rows {word} in {table}: {string.Join(", ", found.Select(row => row.Id).Order())}"
                );
            }
            else if (_active.Find(table, only.Id) is not null)
            {
                _refusals.Add($"{only} is in the active database already");
            }
            else
            {
                _chosen.TryAdd(only.Id, only);
            }
        }
    }

    /// <summary>Adds the rows that went with the chosen ones, and refuses those that need a row which is gone.</summary>
    private void AddParts()
    {
        var open = new Queue<IdentifiedRow>(_chosen.Values);
        while (open.TryDequeue(out var row))
        {
            foreach (var reference in _rules.Table(row.Table)!.References.Where(reference => !reference.IsWeak))
            {
                foreach (var id in row.Targets(reference.Column))
                {
                    if (_active.Find(reference.Table, id) is not null || _chosen.ContainsKey(id))
                    {
                        continue;
                    }

                    if (_file.Find(reference.Table, id) is { } part && _rules.Table(reference.Table) is { IsRoot: false })
                    {
                        _chosen.Add(id, part);
                        _parts.Add(id);
                        open.Enqueue(part);
                    }
                    else
                    {
                        _refusals.Add(
                            _file.Find(reference.Table, id) is { } other
                                ? $"{row} refers to {other} ({reference.Column}), which is gone: bring that back first"
                                : $"{row} refers to {reference.Table} {id} ({reference.Column}), which is gone, and not in the file"
                        );
                    }
                }
            }
        }
    }

    /// <summary>Refuses names and other values that can be there once only, and are there.</summary>
    private void FindClashes()
    {
        foreach (var row in _chosen.Values)
        {
            foreach (var columns in _rules.Table(row.Table)!.OnceOnly)
            {
                if (Key(row, columns) is { } key && _active.Of(row.Table).FirstOrDefault(other => Key(other, columns) == key) is { } other)
                {
                    _refusals.Add($"{row}: another row of the active database has the same {string.Join(" and ", columns)}: {other.Id}");
                }
            }
        }
    }

    /// <summary>Restores the references of rows that are still there. A row that stays only while another one refers to it needs one.</summary>
    private void Link()
    {
        var held = _chosen
            .Values.Where(row => _parts.Contains(row.Id) || _rules.Table(row.Table)!.IsRoot)
            .Select(row => row.Id)
            .ToHashSet();
        foreach (var (owner, reference, target) in Owners())
        {
            if (LinkTo(owner, reference, target) && !reference.IsWeak)
            {
                held.Add(target.Id);
            }
        }

        foreach (var row in _chosen.Values.Where(row => !held.Contains(row.Id)))
        {
            var owners = Owners()
                .Where(owner => owner.Target == row && !owner.Reference.IsWeak)
                .Select(owner => owner.Owner.ToString())
                .Distinct(StringComparer.Ordinal)
                .ToList();
            _refusals.Add(
                $"{row} does not stay without a row that refers to it, and "
                    + (owners.Count == 0 ? "the file has none" : $"{string.Join(" and ", owners)}, which did, is gone or cannot any more")
            );
        }
    }

    private bool LinkTo(IdentifiedRow owner, ColumnReference reference, IdentifiedRow target)
    {
        if (_chosen.ContainsKey(owner.Id))
        {
            return true;
        }

        if (_active.Find(owner.Table, owner.Id) is not { } now)
        {
            return false;
        }

        if (reference.Form == ReferenceForm.Map || (reference.Form == ReferenceForm.One && now.Targets(reference.Column).Count > 0))
        {
            _leftOut.Add($"{reference.Column} of {now} does not refer to {target} again");
            return false;
        }

        _links.Add(new RowLink(now.Table, now.View, reference.Column, target.View));
        return true;
    }

    /// <summary>The rows of the file that refer to one that comes back.</summary>
    private IEnumerable<(IdentifiedRow Owner, ColumnReference Reference, IdentifiedRow Target)> Owners() =>
        from table in _rules.Tables.Values
        from reference in table.References
        from owner in _file.Of(table.Name)
        from id in owner.Targets(reference.Column)
        let target = _chosen.GetValueOrDefault(id)
        where target?.Table == reference.Table
        select (owner, reference, target);

    // Null for a row without a name, of which there may be many.
    private static string? Key(IdentifiedRow row, IReadOnlyList<string> columns) =>
        columns is ["name"] && OvsdbValue.Elements(row.Values["name"]).All(name => OvsdbValue.Text(name) is null or "")
            ? null
            : string.Join('\n', columns.Select(column => row.Values[column]?.ToJsonString() ?? "null"));
}
