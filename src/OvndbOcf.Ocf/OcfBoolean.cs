namespace OvndbOcf.Ocf;

/// <summary>Booleans as OCF agents take them.</summary>
public static class OcfBoolean
{
    /// <summary>True for yes, true, on, y or 1; false for no, false, off, n or 0, in any case; null for anything else.</summary>
    public static bool? TryParse(string text) =>
        text.Trim().ToLowerInvariant() switch
        {
            "yes" or "true" or "on" or "y" or "1" => true,
            "no" or "false" or "off" or "n" or "0" => false,
            _ => null,
        };
}
