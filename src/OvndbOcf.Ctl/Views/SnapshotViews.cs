using System.Text.Json.Nodes;

namespace OvndbOcf.Ctl.Views;

/// <summary>The files that are set aside on this node: what <c>ovndbctl snapshots list</c> prints.</summary>
internal sealed record SnapshotList
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The node on which the command runs; null if that is no node of the cluster.</summary>
    public string? LocalNode { get; init; }

    /// <summary>The files, the Northbound database's first, of each the latest first.</summary>
    public required IReadOnlyList<SnapshotView> Snapshots { get; init; }
}

/// <summary>A database's file that was set aside.</summary>
/// <param name="Path">The file.</param>
/// <param name="Database"><c>NB</c> or <c>SB</c>.</param>
/// <param name="Node">The node whose copy it is, as far as its name says; null if it does not.</param>
/// <param name="Promotion">The promotion whose data it holds; 0 for none, null if the name does not say.</param>
/// <param name="LastChange">When that node last changed it; null if the name does not say.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record SnapshotView(string Path, string Database, string? Node, long? Promotion, DateTimeOffset? LastChange, long Bytes);

/// <summary>What is in a file: what <c>ovndbctl snapshots show</c> prints.</summary>
internal sealed record SnapshotContent
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The file.</summary>
    public required SnapshotView Snapshot { get; init; }

    /// <summary>The version of its schema; null if it has none.</summary>
    public string? Schema { get; init; }

    /// <summary>The tables that have rows, in the order of their names.</summary>
    public required IReadOnlyList<TableRows> Tables { get; init; }
}

/// <summary>What a file has that the active database lacks: what <c>ovndbctl snapshots diff</c> prints.</summary>
internal sealed record SnapshotDifference
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The file.</summary>
    public required SnapshotView Snapshot { get; init; }

    /// <summary>The node with whose database it is compared.</summary>
    public string? LocalNode { get; init; }

    /// <summary>The tables with rows that are in the file alone, or differ.</summary>
    public required IReadOnlyList<TableDifference> Tables { get; init; }
}

/// <summary>What of a file comes back into the active database, or why not: what <c>ovndbctl snapshots restore</c> prints.</summary>
internal sealed record SnapshotRestoration
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The file.</summary>
    public required SnapshotView Snapshot { get; init; }

    /// <summary>The node whose database is the active one.</summary>
    public string? Active { get; init; }

    /// <summary>Whether the rows are back; otherwise nothing was changed.</summary>
    public bool Done { get; init; }

    /// <summary>Why they cannot come back; empty if they can.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>The rows: those that were asked for first, then those that are parts of them.</summary>
    public required IReadOnlyList<TableRows> Tables { get; init; }

    /// <summary>The references to them that other rows get back.</summary>
    public required IReadOnlyList<RowLink> Links { get; init; }

    /// <summary>What does not come back.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>The operations of the transaction (RFC 7047, section 5.2).</summary>
    public required IReadOnlyList<JsonObject> Operations { get; init; }
}

/// <summary>A reference that a row gets back.</summary>
/// <param name="Table">The table of the row.</param>
/// <param name="Row">The row.</param>
/// <param name="Column">Its column.</param>
/// <param name="To">The row to which it refers.</param>
internal sealed record RowLink(string Table, RowView Row, string Column, RowView To);

/// <summary>The rows of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TableRows(string Table, IReadOnlyList<RowView> Rows);

/// <summary>The rows of a table that differ from those of the active database.</summary>
/// <param name="Table">The table.</param>
/// <param name="Missing">Rows that the active database lacks.</param>
/// <param name="Changed">Rows that it has with other values; null if they were not compared.</param>
internal sealed record TableDifference(string Table, IReadOnlyList<RowView> Missing, IReadOnlyList<ChangedRow>? Changed);

/// <summary>A row.</summary>
/// <param name="Uuid">By which it is the same row in each copy.</param>
/// <param name="Name">What people call it; null if it has no name.</param>
/// <param name="IsNameTaken">Whether another row of the active database has that name, as after it was made anew.</param>
internal sealed record RowView(Guid Uuid, string? Name, bool IsNameTaken = false);

/// <summary>A row with other values than in the active database.</summary>
/// <param name="Row">The row.</param>
/// <param name="Columns">The columns that differ.</param>
internal sealed record ChangedRow(RowView Row, IReadOnlyList<string> Columns);
