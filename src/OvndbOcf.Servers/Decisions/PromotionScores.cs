using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Decisions;

/// <summary>The promotion scores, those of OVN's shell agent, so that both agents may run in one cluster.</summary>
public static class PromotionScores
{
    /// <summary>The score of an instance that may be promoted.</summary>
    public const int Backup = 5;

    /// <summary>The score of the promoted instance, so that it stays where it is.</summary>
    public const int Active = 10;

    /// <summary>
    /// The score for a state, or null if the instance must not be promoted and the score has to be deleted.
    /// A copy whose replication failed may have been emptied for a first dump that never came, so it has none.
    /// </summary>
    public static int? For(InstanceState state, ServerObservation northbound, ServerObservation southbound) => state switch
    {
        InstanceState.Promoted or InstanceState.PromotedWithoutNorthd => Active,
        InstanceState.Unpromoted => Backup,
        InstanceState.UnpromotedDegraded when northbound.State != ServerState.ReplicationFailed && southbound.State != ServerState.ReplicationFailed => Backup,
        _ => null,
    };
}
