using System.Globalization;

namespace OvndbOcf.Pacemaker.Configuration;

/// <summary>Scores as Pacemaker writes them.</summary>
public static class Score
{
    /// <summary>What stands for always, or with a minus for never.</summary>
    public const int Infinity = 1_000_000;

    /// <summary>The number, within both infinities; null if the text is none.</summary>
    public static int? TryParse(string? text) =>
        text switch
        {
            "INFINITY" or "+INFINITY" or "infinity" or "+infinity" => Infinity,
            "-INFINITY" or "-infinity" => -Infinity,
            _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Math.Clamp(number, -Infinity, Infinity)
                : null,
        };
}
