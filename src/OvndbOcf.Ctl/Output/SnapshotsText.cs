using System.Globalization;
using System.Text;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>What <c>ovndbctl snapshots</c> prints for people. Pure.</summary>
internal static class SnapshotsText
{
    // Of a table with more rows the rest is counted, unless the table was asked for.
    private const int MostRows = 20;

    /// <summary>The files.</summary>
    public static string Render(SnapshotList list, RenderOptions options)
    {
        if (list.Snapshots.Count == 0)
        {
            return $"No file is set aside on {list.LocalNode ?? "this machine"}.\n";
        }

        var table = new TextTable(options, "DB", "NODE", "PROMOTION", "LAST CHANGE", "SIZE")
        {
            Right = new HashSet<int> { 2, 4 },
            Flexible = 1,
        };
        foreach (var snapshot in list.Snapshots)
        {
            table.Add(
                snapshot.Database,
                snapshot.Node ?? "-",
                Words.Number(snapshot.Promotion),
                snapshot.LastChange is { } time ? Words.Time(time, options) : "-",
                Words.Size(snapshot.Bytes)
            );
            table.AddLine("  " + snapshot.Path);
        }

        return table + "\novndbctl snapshots diff FILE tells which rows the active database lacks.\n";
    }

    /// <summary>The rows of a file: how many each table has, and those of one table.</summary>
    public static string Render(SnapshotContent content, string? only, RenderOptions options)
    {
        var text = new StringBuilder(Head(content.Snapshot));
        text.Append(CultureInfo.InvariantCulture, $"Schema {content.Schema ?? "unknown"}.\n\n");
        if (content.Tables.Count == 0)
        {
            return text.Append("No rows.\n").ToString();
        }

        if (only is null)
        {
            var table = new TextTable(options, "TABLE", "ROWS") { Right = new HashSet<int> { 1 } };
            foreach (var rows in content.Tables)
            {
                table.Add(rows.Table, Words.Number(rows.Rows.Count));
            }

            return text.Append(table).ToString();
        }

        foreach (var row in content.Tables.SelectMany(table => table.Rows))
        {
            text.Append(Line(row)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What the active database lacks.</summary>
    public static string Render(SnapshotDifference difference, string? only)
    {
        var text = new StringBuilder(Head(difference.Snapshot));
        text.Append(CultureInfo.InvariantCulture, $"Compared with the database on {difference.LocalNode ?? "this machine"}.\n\n");
        foreach (var table in difference.Tables)
        {
            Append(text, table.Table, "only in the file", [.. table.Missing.Select(Line)], only);
            Append(
                text,
                table.Table,
                "with other values",
                [.. (table.Changed ?? []).Select(row => $"{Line(row.Row)}: {string.Join(", ", row.Columns)}")],
                only
            );
        }

        var missing = difference.Tables.Sum(table => table.Missing.Count);
        return text.Append(
                missing switch
                {
                    0 => "The active database has each row of the file.\n",
                    1 => "1 row is in the file alone.\n",
                    _ => string.Create(CultureInfo.InvariantCulture, $"{missing} rows are in the file alone.\n"),
                }
            )
            .ToString();
    }

    /// <summary>What comes back, or why it does not.</summary>
    public static string Render(SnapshotRestoration restoration, RenderOptions options)
    {
        var text = new StringBuilder(Head(restoration.Snapshot));
        text.Append(CultureInfo.InvariantCulture, $"Into the active database on {restoration.Active ?? "this machine"}.\n\n");
        if (restoration.Refusals.Count > 0)
        {
            foreach (var refusal in restoration.Refusals)
            {
                text.Append(Wrap.Lines($"Refused: {refusal}.", string.Empty, "  ", options.Width)).Append('\n');
            }

            return text.Append("Nothing was changed.\n").ToString();
        }

        foreach (var table in restoration.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.Table}: insert {table.Rows.Count}\n");
            foreach (var row in table.Rows)
            {
                text.Append("  ").Append(Line(row)).Append('\n');
            }
        }

        foreach (var link in restoration.Links)
        {
            text.Append(Wrap.Lines($"{link.Table} {Short(link.Row)}: {link.Column} gets {Short(link.To)}", "", "  ", options.Width))
                .Append('\n');
        }

        foreach (var left in restoration.LeftOut)
        {
            text.Append(Wrap.Lines($"Left out: {left}.", "", "  ", options.Width)).Append('\n');
        }

        var rows = restoration.Tables.Sum(table => table.Rows.Count);
        return text.Append(
                (restoration.Done, rows) switch
                {
                    (false, _) => "\nNothing was changed: without --dry-run it is.\n",
                    (true, 1) => "\n1 row is back.\n",
                    _ => string.Create(CultureInfo.InvariantCulture, $"\n{rows} rows are back.\n"),
                }
            )
            .ToString();
    }

    private static string Short(RowView row) => row.Name ?? row.Uuid.ToString();

    private static void Append(StringBuilder text, string table, string what, IReadOnlyList<string> lines, string? only)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{table}: {lines.Count} {what}\n");
        var shown = only is null && lines.Count > MostRows ? MostRows : lines.Count;
        foreach (var line in lines.Take(shown))
        {
            text.Append("  ").Append(line).Append('\n');
        }

        if (shown < lines.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {lines.Count - shown} more: --table {table}\n");
        }

        text.Append('\n');
    }

    private static string Head(SnapshotView snapshot) =>
        $"{snapshot.Path}\n"
        + snapshot.Database
        + (snapshot.Node is { } node ? $" of {node}" : "")
        + (snapshot.Promotion is { } promotion ? string.Create(CultureInfo.InvariantCulture, $", promotion {promotion}") : "")
        + ". ";

    private static string Line(RowView row) =>
        row.Uuid + (row.Name is { } name ? " " + name : "") + (row.IsNameTaken ? " (another row has this name now)" : "");
}
