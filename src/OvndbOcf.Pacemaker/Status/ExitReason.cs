namespace OvndbOcf.Pacemaker.Status;

/// <summary>An agent's exit reason as crm_mon(8) has it. Pure.</summary>
internal static class ExitReason
{
    // What Pacemaker keeps of one (EXIT_REASON_MAX_LEN).
    private const int MaxLength = 128;

    /// <summary>The reason as a person reads it; empty if there is none. What Pacemaker cut ends with a whole word and an ellipsis: a command without its end is another command.</summary>
    public static string Read(string? text)
    {
        var reason = Unescaped(text ?? string.Empty);
        return reason.Length < MaxLength ? reason
            : reason.LastIndexOf(' ') is > 0 and var end ? $"{reason[..end]} …"
            : reason + "…";
    }

    // crm_mon escapes it before it becomes an attribute of XML, which is escaped again.
    private static string Unescaped(string text) =>
        text.Contains('&', StringComparison.Ordinal)
            ? text.Replace("&apos;", "'", StringComparison.Ordinal)
                .Replace("&quot;", "\"", StringComparison.Ordinal)
                .Replace("&lt;", "<", StringComparison.Ordinal)
                .Replace("&gt;", ">", StringComparison.Ordinal)
                .Replace("&amp;", "&", StringComparison.Ordinal)
            : text;
}
