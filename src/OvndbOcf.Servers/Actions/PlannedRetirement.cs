using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Gives up both databases so that their last state is provably the last, and puts that on record.</summary>
internal sealed class PlannedRetirement(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    PromotionHistory history,
    CopyAttributes attributes
)
{
    /// <summary>Done once both servers are backups of nobody.</summary>
    /// <param name="cluster">What the cluster knows.</param>
    /// <param name="northd">The end of ovn-northd, which writes.</param>
    public async Task<Outcome> RetireAsync(ClusterKnowledge cluster, Task northd)
    {
        var open = cluster.Latest is { Marker: { Closed: false } marker } latest && marker.Node == scope.Me.AttributeHost ? latest : null;
        if (open is not null)
        {
            await Task.WhenAll(servers.All.Select(server => server.Backups.WaitAsync(scope.Deadline, scope.Log))).ConfigureAwait(false);
        }

        var closing = open?.Marker.Close(servers.ReadCopies(scope.Deadline, withSchema: false), scope.Clock.GetUtcNow());
        var retirement = new Retirement(parameters, scope.Topology, scope.Log);
        var retired = await Task.WhenAll(
                servers.All.Select(server => Task.Run(() => retirement.RetireAsync(server, closing, northd, scope.Deadline)))
            )
            .ConfigureAwait(false);
        var outcome = Outcome.All([.. retired.Select(result => result.Outcome)]);
        if (closing is not null && retired.All(result => result.IsClosed))
        {
            var written = await history.WriteAsync(open! with { Marker = closing }).ConfigureAwait(false);
            scope.Log.Info(written.Problem ?? $"{PromotionStory.EndOf(closing)}: closed, nothing was written after the closing marker");
        }
        else if (open is not null)
        {
            // Whoever is chosen next may lack what came after the marker. It has to know that before it is promoted.
            await attributes
                .PublishAsync(
                    new PublishedCopy(
                        nameof(CopyState.LastActive),
                        new PublishedLink(open.Marker.Id, null),
                        open.Marker.Number,
                        string.Empty,
                        open.Marker.Id
                    ),
                    published: null
                )
                .ConfigureAwait(false);
        }

        return outcome;
    }
}
