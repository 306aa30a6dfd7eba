using System.Runtime.InteropServices;
using OvndbOcf.Linux;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>The one place where this library waits.</summary>
internal static unsafe class Poller
{
    /// <summary>
    /// Waits until a descriptor is ready, the deadline passes, or <paramref name="atMost"/> milliseconds are over, whichever comes
    /// first. An interrupting signal ends the wait early, so callers look at the sockets and the deadline again in any case.
    /// </summary>
    /// <returns>Whether a descriptor is ready.</returns>
    public static bool Wait(Span<PollEntry> entries, Deadline deadline, int atMost = int.MaxValue)
    {
        fixed (PollEntry* pointer = entries)
        {
            var ready = Libc.Poll(pointer, (nuint)entries.Length, Math.Min(deadline.RemainingMilliseconds, atMost));
            if (ready < 0 && Marshal.GetLastPInvokeError() is var error and not Errno.Interrupted)
            {
                throw new InvalidOperationException($"poll: {Errno.Text(error)}");
            }

            return ready > 0;
        }
    }

    /// <summary>Waits for one descriptor; false if the deadline passed first.</summary>
    public static bool WaitUntilReady(int descriptor, short events, Deadline deadline)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = events };
        while (true)
        {
            var last = deadline.HasPassed;
            if (Wait(new Span<PollEntry>(ref entry), deadline))
            {
                return true;
            }

            if (last)
            {
                return false;
            }
        }
    }
}
