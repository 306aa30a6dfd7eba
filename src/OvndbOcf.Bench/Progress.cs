using System.Diagnostics;

namespace OvndbOcf.Bench;

/// <summary>Tells on standard error what is being done, with the time since the start.</summary>
internal sealed class Progress : IProgress<string>
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void Report(string value) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,7:0.0} s] {value}");
}
