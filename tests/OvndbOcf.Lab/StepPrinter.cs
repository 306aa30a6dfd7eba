using System.Diagnostics;

namespace OvndbOcf.Lab;

/// <summary>Prints each step with the time since the start, at once and in order.</summary>
internal sealed class StepPrinter : IProgress<string>
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void Report(string value) => Console.WriteLine($"[{clock.Elapsed.TotalSeconds, 6:0.0} s] {value}");
}
