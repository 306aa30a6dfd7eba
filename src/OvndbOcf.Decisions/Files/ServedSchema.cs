namespace OvndbOcf.Decisions.Files;

/// <summary>What is known of the schema that the active servers have, before a backup is started.</summary>
/// <param name="IsKnown">Whether the cluster could be asked.</param>
/// <param name="Version">The version on record; null if there is none.</param>
public readonly record struct ActiveSchema(bool IsKnown, Version? Version)
{
    /// <summary>The cluster does not tell.</summary>
    public static ActiveSchema Unknown => new(false, null);

    /// <summary>There is nobody to follow: a schema of its own counts.</summary>
    public static ActiveSchema None => new(true, null);

    /// <summary>Where the schema can be had, such as <c>tcp:10.0.0.2:6641</c>; null if that is not known.</summary>
    public string? Remote { get; init; }
}

/// <summary>In which schema a server serves its file.</summary>
public enum ServedSchema
{
    /// <summary>In the one that the file has, or a new file gets, although this node's OVN has a newer one.</summary>
    OfFile,

    /// <summary>In that of this node's OVN: a file that has another one is converted.</summary>
    OfNode,
}

/// <summary>
/// Chooses the schema of a server that is started. ovsdb-server replicates only between schemas in which every table and column of the source is the same in the backup (replication.c); where
/// they differ it gives up, takes writes, and has to be isolated. Between releases of OVN they do differ (23.03 and 25.03, both databases). So a node whose OVN was upgraded serves what the active servers
/// have until one of its kind is promoted.
/// </summary>
public static class SchemaChoice
{
    /// <summary>The choice for a server that is to be a backup.</summary>
    /// <param name="file">The file's version; null if there is no file, or it does not say.</param>
    /// <param name="node">That of this node's OVN; null if it does not say.</param>
    /// <param name="active">What is known of the active servers'.</param>
    public static ServedSchema ForBackup(Version? file, Version? node, ActiveSchema active) =>
        // A file that is as new or newer is no matter of upgrades; whether it fits, the conversion finds out.
        file is null
        || node is null
        || file >= node
            ? ServedSchema.OfNode
        : active.IsKnown && (active.Version is null || active.Version > file) ? ServedSchema.OfNode
        : ServedSchema.OfFile;

    /// <summary>Whether an empty file is made with the schema of the active servers, because this node's OVN has a newer one.</summary>
    /// <param name="node">That of this node's OVN; null if it does not say.</param>
    /// <param name="active">What is known of the active servers'.</param>
    public static ServedSchema ForNewFile(Version? node, ActiveSchema active) =>
        node is not null && active is { IsKnown: true, Version: { } version } && version < node ? ServedSchema.OfFile : ServedSchema.OfNode;

    /// <summary>Whether a server has to be started again before it is promoted, with its file converted: the active servers have the schema of their node's OVN.</summary>
    /// <param name="served">The version that it serves; null if it is not known.</param>
    /// <param name="node">That of this node's OVN; null if it is not known.</param>
    public static bool MustConvertForPromotion(Version? served, Version? node) => served is not null && node is not null && served < node;

    /// <summary>Whether a backup that cannot follow, because the active servers' schema is newer than the one it serves, can once its file is converted.</summary>
    /// <param name="active">The version that the active servers have.</param>
    /// <param name="node">That of this node's OVN; null if it is not known.</param>
    public static bool CanFollowConverted(Version active, Version? node) => node is not null && node >= active;
}
