using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Points backups at the active servers.</summary>
/// <param name="scope">The action.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="servers">The servers.</param>
/// <param name="history">Tells whom to follow.</param>
internal sealed class ActiveFollower(ActionScope scope, AgentParameters parameters, BothServers servers, PromotionHistory history)
{
    private ReplicationTarget Target => field ??= new ReplicationTarget(parameters, scope.Topology, scope.Me.AttributeHost, scope.Log);

    /// <summary>
    /// Points both backups at the active servers on another node. That one cannot follow now is no failure: it keeps what it has, is not promoted,
    /// and the next monitor tries again.
    /// </summary>
    /// <param name="before">What was seen at the beginning of the action.</param>
    public async Task FollowActiveAsync(ServerPair before)
    {
        var now = servers.Observe(scope.Deadline.Share(0.3));
        var cluster = await history.ReadAsync().ConfigureAwait(false);
        var followed = await servers
            .EachAsync(server =>
            {
                var database = server.Database.Kind;
                return FollowAsync(server, now.Of(database), cluster.Record, before.Of(database).State == ServerState.Active);
            })
            .ConfigureAwait(false);
        if (!followed.IsDone)
        {
            scope.Log.Warning(followed.Problem!);
        }
    }

    /// <summary>Makes one server follow the active one of that promotion, as <see cref="ReplicationTarget.FollowAsync"/> does.</summary>
    public Task<Outcome> FollowAsync(IDatabaseServer server, ServerObservation seen, PromotionRecord? record, bool wasWritable) =>
        Target.FollowAsync(server, seen, record, wasWritable, scope.Deadline);
}
