namespace OvndbOcf.Linux;

/// <summary>
/// A moment on the machine's monotonic clock (<see cref="Environment.TickCount64"/>, milliseconds) until which a call may take.
/// It is absolute, so that several waits in a row share one budget. The default value has already passed.
/// </summary>
public readonly record struct Deadline
{
    private readonly long _tick;

    private Deadline(long tick) => _tick = tick;

    /// <summary>The time left; zero once the deadline has passed.</summary>
    public TimeSpan Remaining => TimeSpan.FromMilliseconds(Math.Max(0, _tick - Environment.TickCount64));

    /// <summary>Whether no time is left.</summary>
    public bool HasPassed => _tick <= Environment.TickCount64;

    /// <summary>The time left in whole milliseconds, from 0 to <see cref="int.MaxValue"/>: the form that poll(2) takes.</summary>
    public int RemainingMilliseconds => (int)Math.Clamp(_tick - Environment.TickCount64, 0, int.MaxValue);

    /// <summary>The deadline that lies the given time ahead of now; a negative time gives one that has passed.</summary>
    public static Deadline After(TimeSpan time) => new(Environment.TickCount64 + (long)time.TotalMilliseconds);

    /// <summary>Whichever of the two comes first: an inner limit never outlives the outer one.</summary>
    public Deadline Earlier(Deadline other) => _tick <= other._tick ? this : other;

    /// <summary>This deadline brought forward by a reserve, which is kept for what has to be done afterwards.</summary>
    public Deadline Less(TimeSpan reserve) => new(_tick - (long)reserve.TotalMilliseconds);
}
