using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// A socket of somebody else where a server has to listen. The kernel's table and the server's descriptors are read one after the other: a socket that the server closes in between, as it does when a row of its
/// Connection table goes, is in the one and not in the other. So it counts only if it is still there a moment later.
/// </summary>
internal static class ForeignListener
{
    // From the end of a descriptor to that of its socket the kernel needs less, on a busy machine, too.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Finds one; null if there is none, or none that is known.</summary>
    /// <param name="needed">Where the server has to listen.</param>
    /// <param name="port">Its port.</param>
    /// <param name="process">The server.</param>
    public static PortListener? Find(IReadOnlyList<IPEndPoint> needed, int port, int process)
    {
        PortListener? Look() => PortConflict.Find(needed, PortListener.FindAll(port), listener => listener.IsHeldBy(process));
        if (Look() is not { } first)
        {
            return null;
        }

        Thread.Sleep(Moment);
        return Look() is { } second && second.Inode == first.Inode ? second : null;
    }
}
