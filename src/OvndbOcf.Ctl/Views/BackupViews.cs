namespace OvndbOcf.Ctl.Views;

/// <summary>A backup of both databases: what <c>ovndbctl backup</c> prints, and writes beside the files as <c>manifest.json</c>.</summary>
internal sealed record BackupManifest
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The resource.</summary>
    public required string Resource { get; init; }

    /// <summary>The node whose databases were the active ones.</summary>
    public required string Node { get; init; }

    /// <summary>The version of <c>ovndbctl</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The databases.</summary>
    public required IReadOnlyList<BackupFile> Databases { get; init; }
}

/// <summary>The file of one database in a backup.</summary>
/// <param name="Database"><c>NB</c> or <c>SB</c>.</param>
/// <param name="File">Its name in the backup's directory.</param>
/// <param name="Schema">The version of its schema; null if it has none.</param>
/// <param name="Promotion">The promotion whose data it holds; null if it has no mark of one.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its check sum (sha256sum(1)).</param>
internal sealed record BackupFile(string Database, string File, string? Schema, long? Promotion, long Bytes, string Sha256);

/// <summary>What a restored backup changes in the active databases: what <c>ovndbctl restore</c> prints.</summary>
internal sealed record BackupRestoration
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The directory of the backup.</summary>
    public required string Directory { get; init; }

    /// <summary>The backup.</summary>
    public required BackupManifest Backup { get; init; }

    /// <summary>The node whose databases are the active ones.</summary>
    public required string Active { get; init; }

    /// <summary>The databases that are restored.</summary>
    public required IReadOnlyList<DatabaseRestoration> Databases { get; init; }

    /// <summary>The directory with what was there before; null as long as nothing was changed.</summary>
    public string? Before { get; init; }
}

/// <summary>What changes in one database.</summary>
internal sealed record DatabaseRestoration
{
    /// <summary><c>NB</c> or <c>SB</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The schema of the active database; null if it has none.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool Done { get; init; }

    /// <summary>Why it cannot be done, or was not; null if nothing speaks against it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it is not known whether it is done; null if that is known.</summary>
    public string? Unknown { get; init; }

    /// <summary>The tables that change.</summary>
    public required IReadOnlyList<TableChange> Tables { get; init; }
}

/// <summary>How many rows of a table change.</summary>
/// <param name="Table">The table.</param>
/// <param name="Insert">Rows of the backup that are not in the active database.</param>
/// <param name="Update">Rows with other values.</param>
/// <param name="Delete">Rows that are not in the backup.</param>
internal sealed record TableChange(string Table, int Insert, int Update, int Delete);
