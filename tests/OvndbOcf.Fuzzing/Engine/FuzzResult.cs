namespace OvndbOcf.Fuzzing.Engine;

/// <summary>What a target's cases took.</summary>
/// <param name="Target">The target.</param>
/// <param name="Cases">How many.</param>
/// <param name="Seconds">All of them.</param>
/// <param name="WorstMilliseconds">The longest.</param>
/// <param name="LargestAllocation">The most that one allocated, in bytes.</param>
public sealed record FuzzResult(string Target, int Cases, double Seconds, double WorstMilliseconds, long LargestAllocation);
