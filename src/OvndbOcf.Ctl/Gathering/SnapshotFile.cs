using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>A file of a database, and what its schema says.</summary>
/// <param name="View">The file.</param>
/// <param name="Database">Which of the two databases it is.</param>
/// <param name="Schema">The version of its schema; null if it has none.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record SnapshotFile(SnapshotView View, DatabaseParameters Database, string? Schema, IReadOnlyList<TableShape> Tables)
{
    /// <summary>The files that are set aside on this node, the Northbound database's first.</summary>
    /// <exception cref="CtlException">The directory cannot be read.</exception>
    public static IReadOnlyList<SnapshotView> Find(ClusterFacts facts)
    {
        var parameters = LocalNode.ParametersOf(facts.Resource);
        return
        [
            .. ((OvnDatabase[])[OvnDatabase.Northbound, OvnDatabase.Southbound]).SelectMany(database =>
                (
                    AsideFiles.Find(parameters, database)
                    ?? throw new CtlException(
                        $"the directory of the {parameters.Of(database).Label} database cannot be read; run ovndbctl as root"
                    )
                ).Select(file => SnapshotName.Read(file.FullName, parameters.Of(database).Label, file.Length))
            ),
        ];
    }

    /// <summary>Opens a file by its name among those that are set aside, or by its path.</summary>
    /// <exception cref="CtlException">There is none, or it is of no database of OVN's.</exception>
    public static SnapshotFile Open(ClusterFacts facts, string name)
    {
        var path = name.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(name)
            : Find(facts).FirstOrDefault(snapshot => Path.GetFileName(snapshot.Path) == name)?.Path
                ?? throw new CtlException(
                    $"no file {name} is set aside on this node; ovndbctl snapshots list has those that are"
                        + (Path.Exists(name) ? $", and ./{name} is the one in the current directory" : string.Empty),
                    ExitStatus.Usage
                );
        var schema = RowReader.ReadSchema(path);
        var database =
            LocalNode.ParametersOf(facts.Resource).Databases.FirstOrDefault(one => one.SchemaName == OvsdbValue.Text(schema["name"]))
            ?? throw new CtlException($"{path} is a file of no database of OVN's", ExitStatus.Usage);
        return new SnapshotFile(
            SnapshotName.Read(path, database.Label, new FileInfo(path).Length),
            database,
            OvsdbValue.Text(schema["version"]),
            TableShape.Of(schema)
        );
    }

    /// <summary>The table of that name, or all.</summary>
    /// <exception cref="CtlException">There is none.</exception>
    public IReadOnlyList<TableShape> Chosen(string? only) =>
        only is null ? Tables
        : Tables.Where(table => table.Name == only).ToList() is { Count: > 0 } chosen ? chosen
        : throw new CtlException(
            $"the file has no table {only}; there are: {string.Join(", ", Tables.Select(table => table.Name))}",
            ExitStatus.Usage
        );
}
