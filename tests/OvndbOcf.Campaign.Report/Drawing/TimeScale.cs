namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>Where on the picture a time is.</summary>
/// <param name="length">The time at the right end, in seconds.</param>
/// <param name="left">The left end.</param>
/// <param name="right">The right end.</param>
internal sealed class TimeScale(double length, double left, double right)
{
    private const int MostTicks = 10;
    private static readonly int[] Factors = [1, 2, 5, 10];

    // A record that ended at once, or with a clock that went wrong, is still drawn.
    private readonly double length = length > 0 && double.IsFinite(length) ? length : 1;

    /// <summary>The place of a time; what lies outside is drawn at the edge.</summary>
    public double X(double seconds) => left + ((double.IsNaN(seconds) ? 0 : Math.Clamp(seconds / length, 0, 1)) * (right - left));

    /// <summary>The times that are marked on the axis: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var step = Step();
            return [.. Enumerable.Range(0, (int)Math.Floor((length / step) + 1e-9) + 1).Select(number => number * step)];
        }
    }

    private double Step()
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length / MostTicks)));
        return Factors.Select(factor => factor * power).First(step => length / step <= MostTicks + 1e-9);
    }
}
