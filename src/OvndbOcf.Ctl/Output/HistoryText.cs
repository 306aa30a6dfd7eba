using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>The promotions of the past as text: what <c>ovndbctl history</c> prints. Pure.</summary>
internal static class HistoryText
{
    /// <summary>The text.</summary>
    public static string Render(HistoryView history, RenderOptions options)
    {
        if (history.Promotions.Count == 0)
        {
            return $"No promotion of {history.Resource} is on record.\n";
        }

        var table = new TextTable(options, "PROMOTION", "NODE", "SINCE", "ENDED AS PLANNED", "COMPLETE")
        {
            Right = new HashSet<int> { 0 },
            Flexible = 1,
        };
        foreach (var promotion in history.Promotions)
        {
            table.Add(
                Words.Number(promotion.Number),
                new Cell(promotion.Node, Ink.Bold),
                promotion.Begin is { } begin ? Words.Time(begin, options) : "-",
                promotion.End is { } end ? Words.Time(end, options) : "-",
                promotion.Cause == PromotionCause.First ? "-"
                    : promotion.Complete ? new Cell("yes", Ink.Green)
                    : new Cell("not proven", Ink.Yellow)
            );
            var pause = promotion.PauseSeconds is { } seconds ? $" ({Words.Span(TimeSpan.FromSeconds(seconds))} before)" : string.Empty;
            table.AddLine(Wrap.Lines(promotion.Reason + pause, "  ", "  ", options.Width));
        }

        return table.ToString();
    }
}
