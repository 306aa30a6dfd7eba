using System.Globalization;

namespace OvndbOcf.Fuzzing;

/// <summary>Ends the process when a case does not come to an end.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan InputTimeout = TimeSpan.FromSeconds(30);

    private readonly Timer _timer;
    private string _target = string.Empty;
    private int _seed;
    private long _since = Environment.TickCount64;

    public Watchdog() => _timer = new Timer(_ => Look(), null, 1000, 1000);

    /// <summary>A case begins.</summary>
    public void Begins(string target, int seed)
    {
        (_target, _seed) = (target, seed);
        Volatile.Write(ref _since, Environment.TickCount64);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Environment.TickCount64 - Volatile.Read(ref _since) > InputTimeout.TotalMilliseconds)
        {
            Console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{_target}: hangs; again: make fuzz TARGET={_target} CASES=1 SEED={_seed}")
            );
            Environment.Exit(1);
        }
    }
}
