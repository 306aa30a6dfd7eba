using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Servers.Control;

/// <summary>Bounded waiting with a pause between looks, which tells what it waits for.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(3);

    /// <summary>Looks until the condition holds; false if the deadline passed first.</summary>
    public static async Task<bool> UntilAsync(string what, Func<bool> holds, Deadline deadline, OcfLog log)
    {
        var sayNext = Deadline.After(SayEvery);
        while (!holds())
        {
            if (deadline.HasPassed)
            {
                return false;
            }

            if (sayNext.HasPassed)
            {
                log.Info($"waiting for {what}, {deadline.Remaining.TotalSeconds:0} s left");
                sayNext = Deadline.After(SayEvery);
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }

        return true;
    }
}
