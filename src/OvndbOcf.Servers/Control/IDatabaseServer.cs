using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>One database's server, as actions see it: what it is, and what can be done with it. Steps are safe to repeat.</summary>
internal interface IDatabaseServer
{
    /// <summary>Which database.</summary>
    DatabaseParameters Database { get; }

    /// <summary>Where its server is found.</summary>
    ServerPaths Paths { get; }

    /// <summary>What is in its copy.</summary>
    ICopyAccess Copy { get; }

    /// <summary>The Connection rows of an active server.</summary>
    IClientConnections Connections { get; }

    /// <summary>What it listens on.</summary>
    Listeners Listeners { get; }

    /// <summary>The backups that were cut off a moment ago.</summary>
    ReturningBackups Backups { get; }

    /// <summary>Whether its process exists and was not stopped by a signal.</summary>
    bool IsAlive { get; }

    /// <summary>What the server is now; answers within the deadline.</summary>
    ServerObservation Observe(Deadline deadline);

    /// <summary>
    /// Starts the server as a backup of nobody and returns when it is one, with all that is in its file. Not for a server that runs. A damaged database file is set aside, so that
    /// it starts with an empty one, which counts as a copy that was lost; so is one that the server did not read to its end.
    /// </summary>
    /// <param name="active">Asks the cluster for the schema of the active servers; called only where that matters.</param>
    /// <param name="deadline">When it has to be done.</param>
    Task<Outcome> StartBackupAsync(Func<Task<ActiveSchema>> active, Deadline deadline);

    /// <summary>Makes a backup active and returns when it is. Whom it listens to beside its clients' port is <see cref="Control.Listeners.AlignActive"/>'s.</summary>
    Task<Outcome> PromoteAsync(Deadline deadline);

    /// <summary>
    /// Makes a running server a backup of the active one at that address, or of nobody, and returns when it is. Of nobody, it takes no writes and
    /// keeps its data.
    /// </summary>
    Task<Outcome> DemoteAsync(IPAddress? source, Deadline deadline);

    /// <summary>Stops the server for certain: afterwards there is no process of it, and nobody answers on its sockets.</summary>
    Task<Outcome> StopAsync(Deadline deadline);

    /// <summary>The version of the schema of this node's OVN; null if it is not known.</summary>
    Version? OwnSchema();

    /// <summary>What the server listens on, such as <c>punix:…</c>, <c>ptcp:6641:10.0.0.9</c> or <c>db:…</c>; null if it does not say.</summary>
    IReadOnlyList<string>? Remotes(Deadline deadline);

    /// <summary>Makes a server listen on one more remote; it is no failure if it does already.</summary>
    Outcome Listen(string remote, Deadline deadline);

    /// <summary>Makes a server stop listening on a remote, and ends the connections that came by it. One that it did not have is no failure.</summary>
    void StopListening(string remote, Deadline deadline);

    /// <summary>Applies the probe interval to a backup's active server.</summary>
    Outcome SetActiveProbe(Deadline deadline);

    /// <summary>
    /// Raises the limit of open files of a server that runs, and of the process that would restart it, to that of the parameters, and warns of a server that has used nearly all it may.
    /// </summary>
    void RaiseDescriptorLimit();

    /// <summary>Has the kernel keep more clients that come at once, where that is permitted; whether the server listens at all.</summary>
    bool RaiseListenBacklog();
}
