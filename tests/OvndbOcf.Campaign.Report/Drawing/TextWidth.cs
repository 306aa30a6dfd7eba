namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>
/// How wide a text may become. No font can be measured here, so these are the widths of a wide one (DejaVu Sans), rounded up: a text takes
/// at most this, whatever sans-serif font the reader has.
/// </summary>
internal static class TextWidth
{
    /// <summary>Bold letters are at most so much wider.</summary>
    public const double Bold = 1.15;

    private const string Ellipsis = "…";

    /// <summary>The width of a text in the unit of the font size.</summary>
    public static double Of(string text, double fontSize) => text.Sum(Ems) * fontSize;

    /// <summary>The text, cut and ended with an ellipsis if it would be wider than that.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        if (Of(text, fontSize) <= width)
        {
            return text;
        }

        var room = width - Of(Ellipsis, fontSize);
        var length = 0;
        while (length < text.Length && (room -= Ems(text[length]) * fontSize) >= 0)
        {
            length++;
        }

        // Half of a surrogate pair is no text.
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + Ellipsis;
    }

    private static double Ems(char character) =>
        character switch
        {
            'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or ' ' or '|' => 0.4,
            'm' or 'w' or 'M' or 'W' or '%' or '@' or '…' => 1.01,
            '+' or '=' or '<' or '>' or '~' or '#' => 0.85,
            >= 'A' and <= 'Z' or '&' => 0.8,
            >= ' ' and <= '~' => 0.65,
            _ => 1.2,
        };
}
