using System.Diagnostics;

namespace OvndbOcf.Simulation;

/// <summary>Tells on standard error what is being done, with the time since the start.</summary>
public sealed class ConsoleProgress : IProgress<string>
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void Report(string value) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds, 7:0.0} s] {value}");
}
