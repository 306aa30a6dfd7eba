namespace OvndbOcf.Bench.Results;

/// <summary>What our agent has to reach in a measure.</summary>
/// <param name="AtMost">The largest value allowed, in the unit of the measure.</param>
/// <param name="OfWorst">Whether that holds for every sample; if not, for the median.</param>
/// <param name="TimesBetter">How many times smaller than the shell agent's median ours has to be; null if that does not matter.</param>
internal sealed record Goal(double AtMost, bool OfWorst = false, double? TimesBetter = null)
{
    /// <summary>Whether it is met. Without figures of the shell agent only the limit counts.</summary>
    public bool IsMetBy(Statistics ours, Statistics? shell) =>
        (OfWorst ? ours.Worst : ours.Median) <= AtMost
        && (TimesBetter is not { } times || shell is null || ours.Median * times <= shell.Median);

    /// <summary>The goal in words, such as <c>≤ 6 ms and 25× better</c>; without figures of the shell agent, only what counts then.</summary>
    public string Describe(string unit, Statistics? shell)
    {
        var limit = $"≤ {Figure.Write(AtMost)} {unit}".TrimEnd();
        return $"{(OfWorst ? "each " : "")}{limit}{(TimesBetter is { } times && shell is not null ? $" and {Figure.Write(times)}× better" : "")}";
    }
}
