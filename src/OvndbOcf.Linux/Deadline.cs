namespace OvndbOcf.Linux;

/// <summary>
/// A moment on the machine's monotonic clock (<see cref="Environment.TickCount64"/>, milliseconds), or on another one, until which a call may take.
/// It is absolute, so that several waits in a row share one budget. The default value has already passed.
/// </summary>
public readonly record struct Deadline
{
    private readonly long _tick;

    // Null for the machine's.
    private readonly TimeProvider? _clock;

    private Deadline(long tick, TimeProvider? clock) => (_tick, _clock) = (tick, clock);

    /// <summary>The clock by which it passes, for pauses on the way to it.</summary>
    public TimeProvider Clock => _clock ?? TimeProvider.System;

    /// <summary>The time left; zero once the deadline has passed.</summary>
    public TimeSpan Remaining => TimeSpan.FromMilliseconds(Math.Max(0, _tick - NowOf(_clock)));

    /// <summary>Whether no time is left.</summary>
    public bool HasPassed => _tick <= NowOf(_clock);

    /// <summary>The time left in whole milliseconds, from 0 to <see cref="int.MaxValue"/>: the form that poll(2) takes.</summary>
    public int RemainingMilliseconds => (int)Math.Clamp(_tick - NowOf(_clock), 0, int.MaxValue);

    /// <summary>The deadline that lies the given time ahead of now; a negative time gives one that has passed.</summary>
    public static Deadline After(TimeSpan time) => new(Environment.TickCount64 + (long)time.TotalMilliseconds, null);

    /// <summary>The same by a clock.</summary>
    public static Deadline After(TimeSpan time, TimeProvider clock) =>
        clock == TimeProvider.System ? After(time) : new(NowOf(clock) + (long)time.TotalMilliseconds, clock);

    /// <summary>Whichever of the two comes first: an inner limit never outlives the outer one.</summary>
    public Deadline Earlier(Deadline other) =>
        _clock == other._clock ? (_tick <= other._tick ? this : other)
        : Remaining <= other.Remaining ? this
        : other;

    /// <summary>The deadline of a step on the way to this one: so much time from now, and not later than this.</summary>
    public Deadline Within(TimeSpan time) => After(time, Clock).Earlier(this);

    /// <summary>The deadline of a step that may take a share of the time that is left.</summary>
    /// <param name="part">From 0 to 1.</param>
    public Deadline Share(double part) => After(Remaining * part, Clock);

    /// <summary>This deadline brought forward by a reserve, which is kept for what has to be done afterwards.</summary>
    public Deadline Less(TimeSpan reserve) => new(_tick - (long)reserve.TotalMilliseconds, _clock);

    private static long NowOf(TimeProvider? clock) =>
        clock is null ? Environment.TickCount64 : (long)clock.GetElapsedTime(0).TotalMilliseconds;
}
