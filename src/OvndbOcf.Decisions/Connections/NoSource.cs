namespace OvndbOcf.Decisions.Connections;

/// <summary>The source of a backup that follows nobody.</summary>
public static class NoSource
{
    /// <summary>An address that no network may route (RFC 5737): a backup that has no active server yet is pointed at it.</summary>
    public const string NeverAnswers = "192.0.2.254";
}
