using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What a server that does not answer is doing.</summary>
public enum Silence
{
    /// <summary>Nothing is known yet.</summary>
    Unclear,

    /// <summary>It works, wants to, or sits in disk access: it answers when it is done.</summary>
    Busy,

    /// <summary>It has done nothing for so long, with a question waiting, that it will not answer.</summary>
    Idle,

    /// <summary>It was stopped by a signal and cannot do anything.</summary>
    Stopped,

    /// <summary>There is no such process.</summary>
    Gone,
}

/// <summary>
/// Watches a server's process while an answer is awaited. A first dump, a compaction or a huge transaction blocks an ovsdb-server for seconds, and on a machine under load it may get no processor
/// for as long: that is no reason to fail it over. One that sleeps although a question waits for it is another matter.
/// </summary>
public sealed class SilenceWatch
{
    /// <summary>For how long a process may sleep over a question.</summary>
    public static readonly TimeSpan MaxIdleness = TimeSpan.FromSeconds(4);

    /// <summary>For how long a process that is not found is waited for: it may just be about to be replaced, or go by another name.</summary>
    public static readonly TimeSpan MaxAbsence = TimeSpan.FromSeconds(1);

    private long? _ticks;
    private TimeSpan _idleSince;
    private TimeSpan? _goneSince;

    /// <summary>What it is doing.</summary>
    public Silence Finding { get; private set; } = Silence.Unclear;

    /// <summary>Whether waiting for the answer has become pointless.</summary>
    public bool IsHopeless => Finding is Silence.Stopped or Silence.Idle or Silence.Gone;

    /// <summary>Takes another look into account.</summary>
    /// <param name="activity">What the process was doing; null if there was none.</param>
    /// <param name="cpuTicks">Its processor time up to then, in clock ticks.</param>
    /// <param name="now">When, on any clock that only moves forward.</param>
    public void Look(ProcessActivity? activity, long cpuTicks, TimeSpan now)
    {
        switch (activity)
        {
            case null or ProcessActivity.Ended:
                _goneSince ??= now;
                if (now - _goneSince >= MaxAbsence)
                {
                    (Finding, _ticks) = (Silence.Gone, null);
                }

                return;
            case ProcessActivity.Stopped:
                (Finding, _ticks, _goneSince) = (Silence.Stopped, null, null);
                return;
            case ProcessActivity.Running or ProcessActivity.Blocked:
                (Finding, _ticks, _idleSince, _goneSince) = (Silence.Busy, cpuTicks, now, null);
                return;
        }

        _goneSince = null;
        if (_ticks is null)
        {
            // Seen for the first time, or anew: it has had no time to answer yet.
            (Finding, _ticks, _idleSince) = (Silence.Unclear, cpuTicks, now);
        }
        else if (cpuTicks != _ticks)
        {
            Finding = Silence.Busy;
            (_ticks, _idleSince) = (cpuTicks, now);
        }
        else if (now - _idleSince >= MaxIdleness)
        {
            Finding = Silence.Idle;
        }
    }
}
