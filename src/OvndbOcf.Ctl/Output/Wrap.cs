using System.Text;

namespace OvndbOcf.Ctl.Output;

/// <summary>Breaks text into lines.</summary>
internal static class Wrap
{
    /// <summary>A space at which no line ends.</summary>
    public const char NoBreak = '\u00a0';

    /// <summary>The text in lines of at most that many columns, each with the indent, the first with its own. A word that is longer stays whole: it may be part of a command.</summary>
    public static string Lines(string text, string first, string indent, int width)
    {
        var result = new StringBuilder(first);
        var column = first.Length;
        var isFirst = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFirst && column + 1 + word.Length > width)
            {
                result.Append('\n').Append(indent);
                column = indent.Length;
                isFirst = true;
            }

            if (!isFirst)
            {
                result.Append(' ');
                column++;
            }

            result.Append(word);
            column += word.Length;
            isFirst = false;
        }

        return result.Replace(NoBreak, ' ').ToString();
    }
}
