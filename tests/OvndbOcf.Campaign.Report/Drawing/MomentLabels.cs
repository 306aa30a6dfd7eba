namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>The label of a moment, or of several that follow each other and say the same.</summary>
/// <param name="Full">All of its text.</param>
/// <param name="Text">As much of it as fits.</param>
/// <param name="Left">Where its box begins.</param>
/// <param name="Width">How wide its box is at most.</param>
/// <param name="Row">Its row, from 0 at the top.</param>
/// <param name="Lines">Where its vertical lines are.</param>
internal sealed record MomentLabel(string Full, string Text, double Left, double Width, int Row, IReadOnlyList<double> Lines);

/// <summary>Puts the labels of moments into rows so that none lies on another.</summary>
internal static class MomentLabels
{
    /// <summary>The room between two labels of a row.</summary>
    public const double Gap = 12;

    /// <summary>The room between a label's edge and its text.</summary>
    public const double Padding = 6;

    // A label that is longer hides what comes after it; the rest is told below the picture.
    private const double Widest = 800;

    /// <summary>The labels between two edges, each at its moment or as far to the left of it as it takes to fit.</summary>
    public static IReadOnlyList<MomentLabel> Place(IEnumerable<Moment> moments, TimeScale scale, double left, double right, double fontSize)
    {
        var labels = new List<MomentLabel>();
        var ends = new List<double>();
        foreach (var group in Repeated(moments.OrderBy(moment => moment.At)))
        {
            var full = group.Count == 1 ? group[0].What : FormattableString.Invariant($"{group[0].What} ({group.Count} times)");
            var text = TextWidth.Fit(full, fontSize, Math.Min(right - left, Widest) - (2 * Padding));
            var width = TextWidth.Of(text, fontSize) + (2 * Padding);
            var at = Math.Max(left, Math.Min(scale.X(group[0].At), right - width));
            var row = ends.FindIndex(end => end + Gap <= at);
            if (row < 0)
            {
                row = ends.Count;
                ends.Add(0);
            }

            ends[row] = at + width;
            labels.Add(new MomentLabel(full, text, at, width, row, [.. group.Select(moment => scale.X(moment.At))]));
        }

        return labels;
    }

    /// <summary>Something that was tried again and again gets one label: dozens of rows would push everything else off the screen.</summary>
    private static List<List<Moment>> Repeated(IEnumerable<Moment> moments)
    {
        var groups = new List<List<Moment>>();
        foreach (var moment in moments)
        {
            if (groups.Count > 0 && groups[^1][0].What == moment.What)
            {
                groups[^1].Add(moment);
            }
            else
            {
                groups.Add([moment]);
            }
        }

        return groups;
    }
}
