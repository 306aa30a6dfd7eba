using OvndbOcf.Decisions.Instance;

namespace OvndbOcf.Servers.Control;

/// <summary>What both servers said. Nothing is decided by it before <see cref="Verify"/>, but whether they say the same as at the last monitor.</summary>
public sealed class ServerAnswers
{
    private readonly ServerPaths _northbound;
    private readonly ServerPaths _southbound;

    internal ServerAnswers(ServerPair said, ServerPaths northbound, ServerPaths southbound) =>
        (Said, _northbound, _southbound) = (said, northbound, southbound);

    /// <summary>For comparing with what was noted alone: a backup says that it replicates for as long as nobody contradicts it.</summary>
    internal ServerPair Said { get; }

    /// <summary>What they are, by what the kernel knows of their connections, too.</summary>
    public ServerPair Verify() =>
        new(ReplicationSocket.Join(Said.Northbound, _northbound), ReplicationSocket.Join(Said.Southbound, _southbound));
}
