using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Freshness;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Decisions;

/// <summary>
/// What is known of a server of the promoted instance that answers as a backup of nobody while the other server is still active: ovsdb's monitor process restarts a server that crashed with
/// its original command line, and so in its original role.
/// </summary>
/// <param name="Latest">The latest promotion on record; null if there is none, or the record cannot be read.</param>
/// <param name="Copy">The marker in the restarted server's copy; null if it has none or gives no answer.</param>
/// <param name="Other">The same of the server that is still active.</param>
/// <param name="Node">This node, by the name that promotions record.</param>
/// <param name="Boot">This boot of the machine and that of the promotion; null if unknown.</param>
/// <param name="WasRestarted">Whether its process is younger than the monitor process that started it.</param>
/// <param name="WasDemoted">Whether somebody made it a backup since it was active: ovn-ctl's file with the source of a backup is there.</param>
/// <param name="File">What its file is worth.</param>
/// <param name="HasQuorum">Whether this node's partition has quorum.</param>
/// <param name="HappenedLately">Whether the same was mended within the last minute.</param>
public sealed record RestartedServer(
    PromotionMarker? Latest,
    PromotionMarker? Copy,
    PromotionMarker? Other,
    string Node,
    (Guid? Now, Guid? AtPromotion) Boot,
    bool WasRestarted,
    bool WasDemoted,
    LogCondition File,
    bool HasQuorum,
    bool HappenedLately)
{
    /// <summary>
    /// Whether the servers may be such a case at all: one is active, the other a backup of nobody. Which one that is; null if they are not.
    /// </summary>
    public static OvnDatabase? Among(ServerObservation northbound, ServerObservation southbound) => (northbound.State, southbound.State) switch
    {
        (ServerState.Active, ServerState.Disconnected) when IsBackupOfNobody(southbound) => OvnDatabase.Southbound,
        (ServerState.Disconnected, ServerState.Active) when IsBackupOfNobody(northbound) => OvnDatabase.Northbound,
        _ => null,
    };

    /// <summary>
    /// Whether it may be made active again in place, without a failover. Only where nothing but the crash happened since the promotion: its copy is that of the open promotion of this node on
    /// record, read back from a sound file in the same boot, so that everything that was acknowledged is in it (the server writes before it answers, and what was written outlives the
    /// process); nobody demoted it, and nobody else can have been promoted. Once a minute: one that crashes again and again is a failure.
    /// </summary>
    public bool MayBeReopened =>
        Latest is { Closed: false } promotion && promotion.Node == Node && Copy == promotion && Other == promotion
        && Boot.Now is { } now && now == Boot.AtPromotion
        && WasRestarted && !WasDemoted && File is (LogCondition.Sound or LogCondition.TornTail)
        && HasQuorum && !HappenedLately;

    private static bool IsBackupOfNobody(ServerObservation server) => server.IsBackup && !InstanceEvaluator.IsCutOff(server) && server.Source is not null;
}
