using System.Globalization;
using System.Text;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>What <c>ovndbctl backup</c> and <c>restore</c> print for people. Pure.</summary>
internal static class BackupText
{
    /// <summary>A backup that was made.</summary>
    public static string Render(string directory, BackupManifest backup, RenderOptions options)
    {
        var table = new TextTable(options, "DB", "SCHEMA", "PROMOTION", "SIZE", "FILE")
        {
            Right = new HashSet<int> { 2, 3 },
            Flexible = 4,
        };
        foreach (var file in backup.Databases)
        {
            table.Add(file.Database, file.Schema ?? "-", Words.Number(file.Promotion), Words.Size(file.Bytes), file.File);
        }

        return Line($"{directory}: the databases that are active on {backup.Node}, {Words.Time(backup.Time, options)}", options)
            + $"\n{table}";
    }

    /// <summary>What a backup changes, or changed.</summary>
    public static string Render(BackupRestoration restoration, RenderOptions options)
    {
        var backup = restoration.Backup;
        var text = new StringBuilder(
            Line(
                $"{restoration.Directory}: backup of {backup.Node}, {Words.Time(backup.Time, options)}. Into the active databases on {restoration.Active}.",
                options
            )
        );
        foreach (var database in restoration.Databases)
        {
            text.Append('\n').Append(Of(database, backup, options));
        }

        text.Append('\n')
            .Append(Line("Connections, TLS and the marks of promotions stay as they are. Backups get the rows at once.", options));
        return restoration.Before is { } before
            ? text.Append(Line($"What was there before: {before}", options)).ToString()
            : text.ToString();
    }

    private static string Of(DatabaseRestoration database, BackupManifest backup, RenderOptions options)
    {
        var file = backup.Databases.First(one => one.Database == database.Database);
        var schemas =
            file.Schema == database.Schema
                ? $"schema {file.Schema}"
                : $"schema {file.Schema} in the backup, {database.Schema} in the active database";
        var text = new StringBuilder(
            Line(
                $"{database.Database}, {schemas}, data of promotion {Words.Number(file.Promotion)}"
                    + (
                        database.Unknown is { } unknown ? $": not known, {unknown}."
                        : database.Refusal is { } refusal ? $": refused, {refusal}."
                        : database.Tables.Count == 0 ? ": no difference."
                        : database.Done ? ": restored."
                        : ":"
                    ),
                options
            )
        );
        if (database.Tables.Count > 0)
        {
            var table = new TextTable(options, "  TABLE", "INSERT", "UPDATE", "DELETE")
            {
                Right = new HashSet<int> { 1, 2, 3 },
            };
            foreach (var change in database.Tables)
            {
                table.Add("  " + change.Table, Number(change.Insert), Number(change.Update), Number(change.Delete));
            }

            text.Append(table);
        }

        return text.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Line(string text, RenderOptions options) => Wrap.Lines(text, string.Empty, "  ", options.Width) + "\n";
}
