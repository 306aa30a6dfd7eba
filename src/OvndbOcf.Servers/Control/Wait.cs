using OvndbOcf.Linux;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Control;

/// <summary>Bounded waiting with a pause between looks, which tells what it waits for.</summary>
internal static class Wait
{
    // Most of what is waited for happens at once; what does not is looked for less often.
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(3);

    /// <summary>Looks until the condition holds; false if the deadline passed first.</summary>
    public static async Task<bool> UntilAsync(string what, Func<bool> holds, Deadline deadline, OcfLog log)
    {
        var pause = MinPause;
        var sayNext = Deadline.After(SayEvery, deadline.Clock);
        while (!holds())
        {
            if (deadline.HasPassed)
            {
                return false;
            }

            if (sayNext.HasPassed)
            {
                log.Info($"waiting for {what}, {deadline.Remaining.TotalSeconds:0} s left");
                sayNext = Deadline.After(SayEvery, deadline.Clock);
            }

            await Task.Delay(pause, deadline.Clock).ConfigureAwait(false);
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }

        return true;
    }
}
