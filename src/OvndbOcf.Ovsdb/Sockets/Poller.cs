using System.Runtime.InteropServices;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>The one place where this library waits.</summary>
internal static unsafe class Poller
{
    /// <summary>
    /// Waits until a descriptor is ready, the deadline passes, or <paramref name="atMost"/> milliseconds are over, whichever comes
    /// first. An interrupting signal ends the wait early, so callers look at the sockets and the deadline again in any case.
    /// </summary>
    public static void Wait(Span<PollEntry> entries, Deadline deadline, int atMost = int.MaxValue)
    {
        fixed (PollEntry* pointer = entries)
        {
            if (Libc.Poll(pointer, (nuint)entries.Length, Math.Min(deadline.RemainingMilliseconds, atMost)) < 0
                && Marshal.GetLastPInvokeError() is var error and not Errno.Interrupted)
            {
                throw new InvalidOperationException($"poll: {Errno.Text(error)}");
            }
        }
    }

    /// <summary>Waits for one descriptor.</summary>
    public static void Wait(int descriptor, short events, Deadline deadline)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = events };
        Wait(new Span<PollEntry>(ref entry), deadline);
    }
}
