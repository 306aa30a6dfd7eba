namespace OvndbOcf.Ctl.Support;

/// <summary>A part of an archive as it was found, before secrets are taken out.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Text">The text; null if it could not be had.</param>
/// <param name="Problem">Why it could not be had, or is not whole; null if it is.</param>
internal sealed record SupportEntry(string Name, string? Text, string? Problem = null)
{
    /// <summary>Whether it is XML of Pacemaker, which says by names what is a secret.</summary>
    public bool IsXml => Name.EndsWith(".xml", StringComparison.Ordinal);

    /// <summary>Another node's archive, from which that node has taken out secrets; null for a text.</summary>
    public byte[]? Archive { get; init; }
}
