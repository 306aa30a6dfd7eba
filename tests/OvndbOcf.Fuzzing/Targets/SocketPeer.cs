using System.Net.Sockets;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>
/// A server on a unix socket that sends what a case says, all in the thread of the case: the kernel completes a connection before it is accepted, and holds what was sent.
/// </summary>
internal sealed class SocketPeer : IDisposable
{
    // Less than a socket holds.
    private const int InputMaxBytes = 100_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("ovndb-fuzz-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SocketPeer()
    {
        Path = System.IO.Path.Combine(_directory, "socket");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>As much of an input as can be sent at once.</summary>
    public static byte[] Fitting(byte[] input) => input.Length > InputMaxBytes ? input[..InputMaxBytes] : input;

    /// <summary>Answers the client that has connected, and ends the stream.</summary>
    public Socket Answer(byte[] bytes)
    {
        var peer = _listener.Accept();
        peer.Send(bytes);
        peer.Shutdown(SocketShutdown.Send);
        return peer;
    }

    public void Dispose()
    {
        _listener.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
