using System.Diagnostics;

namespace OvndbOcf.Fuzzing.Engine;

/// <summary>Runs the cases of a target. Everything follows from the seed.</summary>
public static class Fuzzer
{
    private const double MaxMilliseconds = 1000;

    // A busy machine makes a case slow once; a slow reader is so each time.
    private const int Tries = 3;

    /// <summary>Runs so many cases.</summary>
    /// <param name="target">What to run.</param>
    /// <param name="cases">How many.</param>
    /// <param name="seed">The seed, which is also that of the first case.</param>
    /// <param name="begins">Is told the seed of each case before it runs.</param>
    /// <exception cref="FuzzFailedException">A case failed.</exception>
    public static FuzzResult Run(FuzzTarget target, int cases, int seed, Action<int>? begins = null)
    {
        // What the first case of all allocates once is none of its own.
        Try(target, target.Samples[0], seed);
        var clock = Stopwatch.StartNew();
        var worst = 0.0;
        var largest = 0L;
        for (var i = 0; i < cases; i++)
        {
            var own = unchecked(seed + (i * (int)0x9E3779B1));
            var input = Mutator.Make(target.Samples, new Random(own));
            begins?.Invoke(own);
            var (milliseconds, allocated) = Try(target, input, own);
            for (var again = 1; again < Tries && milliseconds > MaxMilliseconds; again++)
            {
                (milliseconds, allocated) = Try(target, input, own);
            }

            if (milliseconds > MaxMilliseconds)
            {
                throw new FuzzFailedException(target.Name, own, input, $"took {milliseconds:F0} ms", null);
            }

            if (allocated > target.LargestAllocation)
            {
                throw new FuzzFailedException(target.Name, own, input, $"allocated {allocated >> 20} MiB", null);
            }

            worst = Math.Max(worst, milliseconds);
            largest = Math.Max(largest, allocated);
        }

        return new FuzzResult(target.Name, cases, clock.Elapsed.TotalSeconds, worst, largest);
    }

    private static (double Milliseconds, long Allocated) Try(FuzzTarget target, byte[] input, int seed)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begin = Stopwatch.GetTimestamp();
        try
        {
            target.Check(input, new Random(seed));
        }
#pragma warning disable CA1031 // That any exception gets here is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new FuzzFailedException(target.Name, seed, input, exception.ToString(), exception);
        }

        return (Stopwatch.GetElapsedTime(begin).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
