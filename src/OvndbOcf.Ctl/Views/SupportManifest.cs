namespace OvndbOcf.Ctl.Views;

/// <summary>What is in an archive of <c>ovndbctl support</c>, and what is not: <c>manifest.json</c> in it.</summary>
internal sealed record SupportManifest
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The node on which it was made; null if that is no node of the cluster.</summary>
    public string? Node { get; init; }

    /// <summary>The resource.</summary>
    public required string Resource { get; init; }

    /// <summary>The version of <c>ovndbctl</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The files in it.</summary>
    public required IReadOnlyList<SupportFile> Files { get; init; }

    /// <summary>What could not be had.</summary>
    public required IReadOnlyList<SupportGap> Missing { get; init; }

    /// <summary>The other nodes of which only what the cluster knows is in it.</summary>
    public required IReadOnlyList<string> OtherNodes { get; init; }

    /// <summary>How many values were taken out wherever they appear, as their names say that they are secrets.</summary>
    public required int SecretsRemoved { get; init; }
}

/// <summary>A file in the archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record SupportFile(string Name, long Bytes);

/// <summary>A file that is not in the archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why not.</param>
internal sealed record SupportGap(string Name, string Reason);
