using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>The Connection rows of an active server, by which it lets clients and backups in.</summary>
internal interface IClientConnections
{
    /// <summary>Whether backups connect by their row alone, so that nobody writes where they connect: as found by the last <see cref="Ensure"/> or <see cref="EnsureForBackups"/> that was done.</summary>
    bool IsReadOnlyForBackups { get; }

    /// <summary>Adds or changes the agent's rows that are not as they should be: the one for clients, and the one for backups, where they need one.</summary>
    /// <param name="former">What the agent made the server listen on with earlier parameters.</param>
    /// <param name="deadline">When it has to be done.</param>
    Outcome Ensure(IReadOnlyCollection<string> former, Deadline deadline);

    /// <summary>Adds the row for clients where somebody removed it. One that is there is left as it is, whatever was tuned on it: promotions bring it in line.</summary>
    Outcome EnsureAny(Deadline deadline);

    /// <summary>
    /// Makes an active server as patient with its backups as its database is large, and read-only where they connect if clients are held to roles. When the row is new, backups
    /// lose their connections and ask for a dump once more; one that is not needed any more stays until the next promotion.
    /// </summary>
    Outcome EnsureForBackups(Deadline deadline);

    /// <summary>Whether the data holds the row for backups. Where it does, they lose their connections when the server does not listen by its data any more.</summary>
    bool HasReplicationRow(Deadline deadline);
}
