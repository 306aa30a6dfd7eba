namespace OvndbOcf.Fuzzing.Engine;

/// <summary>A reader of foreign input.</summary>
/// <param name="Name">What reads.</param>
/// <param name="Samples">What it usually reads; inputs are made from these.</param>
/// <param name="Check">
/// Gives one input to it and throws if a property does not hold. Its second argument is for further choices, the same at each repetition of a case.
/// </param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Samples, Action<byte[], Random> Check)
{
    /// <summary>How many bytes one case may allocate, on the way to the result and for it together.</summary>
    public long LargestAllocation { get; init; } = 64L << 20;
}
