namespace OvndbOcf.Bench.Output;

/// <summary>Where a value lies on an axis, from 0 at its left end to 1 at its right end.</summary>
internal sealed class Scale
{
    /// <summary>From this ratio of the largest to the smallest value on the axis is logarithmic.</summary>
    private const double LogarithmicFrom = 10;

    private static readonly double[] Steps = [1, 2, 4, 8, 10];

    private readonly double first;
    private readonly double last;

    private Scale(bool isLogarithmic, double first, double last)
    {
        IsLogarithmic = isLogarithmic;
        this.first = first;
        this.last = last;
    }

    /// <summary>Whether each tenfold takes the same room.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The values that get a line.</summary>
    public IReadOnlyList<double> Ticks =>
        IsLogarithmic
            ? [.. Enumerable.Range(0, (int)Math.Round(Math.Log10(last / first)) + 1).Select(power => first * Math.Pow(10, power))]
            : [.. Enumerable.Range(0, 5).Select(quarter => last * quarter / 4)];

    /// <summary>An axis on which all the values have their place; zeros are at its left end.</summary>
    public static Scale For(IEnumerable<double> values)
    {
        var positive = values.Where(value => value > 0).DefaultIfEmpty(1).ToList();
        var (smallest, largest) = (positive.Min(), positive.Max());
        return largest / smallest >= LogarithmicFrom
            ? new Scale(true, Math.Pow(10, Math.Floor(Math.Log10(smallest))), Math.Pow(10, Math.Ceiling(Math.Log10(largest))))
            : new Scale(false, 0, RoundUp(largest));
    }

    /// <summary>The value's place.</summary>
    public double Place(double value) =>
        !IsLogarithmic ? Math.Clamp(value / last, 0, 1)
        : value <= first ? 0
        : Math.Min(Math.Log10(value / first) / Math.Log10(last / first), 1);

    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Steps.Select(step => step * power).First(step => step >= value * 0.999999);
    }
}
