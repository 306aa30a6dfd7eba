namespace OvndbOcf.Ctl.Output;

/// <summary>Colours of a terminal (ECMA-48, SGR).</summary>
internal enum Ink
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>All is well.</summary>
    Green,

    /// <summary>Wants attention.</summary>
    Yellow,

    /// <summary>Is broken.</summary>
    Red,

    /// <summary>Stands out.</summary>
    Bold,

    /// <summary>Stands back.</summary>
    Faint,
}

/// <summary>Text in colours.</summary>
internal static class Paint
{
    /// <summary>The text in that colour, where there are colours.</summary>
    public static string In(this string text, Ink ink, RenderOptions options) =>
        !options.HasColor || ink == Ink.Plain || text.Length == 0 ? text : $"\u001b[{Code(ink)}m{text}\u001b[0m";

    private static string Code(Ink ink) =>
        ink switch
        {
            Ink.Green => "32",
            Ink.Yellow => "33",
            Ink.Red => "31",
            Ink.Bold => "1",
            _ => "2",
        };
}
