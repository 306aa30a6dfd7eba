using System.Runtime.InteropServices;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>One descriptor to wait for: <c>struct pollfd</c> of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    /// <summary>The descriptor; a negative one is passed over.</summary>
    public int Descriptor;

    /// <summary>What is waited for.</summary>
    public short Events;

    /// <summary>What was found.</summary>
    public short Returned;
}
