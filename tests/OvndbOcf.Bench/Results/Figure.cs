using System.Globalization;

namespace OvndbOcf.Bench.Results;

/// <summary>Writes numbers for people.</summary>
internal static class Figure
{
    /// <summary>Three significant digits at most; nothing behind the point from 100 on.</summary>
    public static string Write(double value)
    {
        var size = Math.Abs(value);
        var format =
            size >= 100 ? "#,##0"
            : size >= 10 ? "0.#"
            : size >= 1 ? "0.##"
            : "0.###";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
