using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What was seen of both servers at one time.</summary>
/// <param name="Northbound">The Northbound server.</param>
/// <param name="Southbound">The Southbound server.</param>
public sealed record ServerPair(ServerObservation Northbound, ServerObservation Southbound)
{
    /// <summary>Whether both are active.</summary>
    public bool AreActive => Northbound.State == ServerState.Active && Southbound.State == ServerState.Active;

    /// <summary>Whether at least one is active.</summary>
    public bool HasActive => Northbound.State == ServerState.Active || Southbound.State == ServerState.Active;

    /// <summary>What was seen of one database's server.</summary>
    public ServerObservation Of(OvnDatabase database) => database == OvnDatabase.Northbound ? Northbound : Southbound;
}
