using System.Text;

namespace OvndbOcf.Ctl.Output;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is in it.</param>
/// <param name="Ink">Its colour.</param>
internal readonly record struct Cell(string Text, Ink Ink = Ink.Plain)
{
    /// <summary>A cell in the usual colour.</summary>
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Columns of text with a heading. Lines may stand between the rows, as wide as the table.</summary>
internal sealed class TextTable(RenderOptions options, params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<(Cell[]? Cells, string Line)> _rows = [];

    /// <summary>The columns whose texts stand at the right.</summary>
    public IReadOnlySet<int> Right { get; init; } = new HashSet<int>();

    /// <summary>The column that is cut where the table is too wide.</summary>
    public int Flexible { get; init; }

    /// <summary>Adds a row.</summary>
    public void Add(params Cell[] cells) => _rows.Add((cells, string.Empty));

    /// <summary>Adds a line between rows.</summary>
    public void AddLine(string line) => _rows.Add((null, line));

    /// <inheritdoc/>
    public override string ToString()
    {
        var widths = Widths();
        var text = new StringBuilder();
        AppendRow(text, [.. headings.Select(heading => new Cell(heading, Ink.Faint))], widths);
        foreach (var (cells, line) in _rows)
        {
            if (cells is null)
            {
                text.Append(line).Append('\n');
            }
            else
            {
                AppendRow(text, cells, widths);
            }
        }

        return text.ToString();
    }

    private int[] Widths()
    {
        var widths = Array.ConvertAll(headings, heading => heading.Length);
        foreach (var (cells, _) in _rows)
        {
            for (var i = 0; i < (cells?.Length ?? 0); i++)
            {
                widths[i] = Math.Max(widths[i], cells![i].Text.Length);
            }
        }

        var excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - options.Width;
        widths[Flexible] = Math.Max(headings[Flexible].Length, widths[Flexible] - Math.Max(0, excess));
        return widths;
    }

    private void AppendRow(StringBuilder text, Cell[] cells, int[] widths)
    {
        var last = cells.Length - 1;
        while (last > 0 && cells[last].Text.Length == 0)
        {
            last--;
        }

        for (var i = 0; i <= last; i++)
        {
            var shown = cells[i].Text.Length > widths[i] ? cells[i].Text[..(widths[i] - 1)] + "~" : cells[i].Text;
            var padding = new string(' ', widths[i] - shown.Length);
            var painted = shown.In(cells[i].Ink, options);
            text.Append(
                Right.Contains(i) ? padding + painted
                : i == last ? painted
                : painted + padding
            );
            text.Append(i == last ? "\n" : Gap);
        }
    }
}
