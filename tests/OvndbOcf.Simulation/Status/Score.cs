using System.Globalization;

namespace OvndbOcf.Simulation.Status;

/// <summary>Scores as Pacemaker writes them.</summary>
internal static class Score
{
    private const int Infinity = 1_000_000;

    /// <summary>The number; null if there is no text, or something else.</summary>
    public static int? Parse(string? text) =>
        text switch
        {
            "INFINITY" or "+INFINITY" => Infinity,
            "-INFINITY" => -Infinity,
            _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
}
