using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Notes beside the files of a backup that is stopped that its active server lives on, and so goes on without it. The promoted instance puts the same on record; but a node that leaves the cluster at
/// once may not get to see that, and its own configuration is all that it has where it returns alone.
/// </summary>
internal sealed class Departure(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    Func<IPEndPoint, Deadline, bool> takesConnections
)
{
    private const double Share = 0.2;

    // A server that does not answer is stopped without: its copy is marked on record.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // Of another machine of the same network that is alive.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Looks at the servers while they run: for each the marker of the promotion that goes on without it, null where none is known to. Touches no disk, which may be what the stop is for.
    /// </summary>
    public async Task<PromotionMarker?[]> LookAsync()
    {
        var deadline = Deadline.After(Timeout, scope.Clock).Earlier(scope.Deadline.Share(Share));
        var seen = servers.Observe(deadline);
        return await Task.WhenAll(servers.All.Select(server => Task.Run(() => Look(server, seen.Of(server.Database.Kind), deadline))))
            .ConfigureAwait(false);
    }

    /// <summary>Notes what was found, once nothing comes to the files any more.</summary>
    public void Note(PromotionMarker?[] found)
    {
        for (var i = 0; i < found.Length; i++)
        {
            var server = servers.All[i];
            if (found[i] is not { } marker)
            {
                continue;
            }

            var note = new PromotionNote(DatabaseFile.Find(parameters, server.Database));
            if (NotedPromotion.Leaving(note.Read(), marker, scope.Me.AttributeHost) is not { } leaving)
            {
                continue;
            }

            var label = server.Database.Label;
            if (note.Write(leaving))
            {
                scope.Log.Info(
                    $"{label}: promotion {marker.Number} on {marker.Node} goes on; this copy counts again when it has caught up"
                );
            }
            else
            {
                scope.Log.Warning(
                    $"{label}: {note.Path} cannot be written, so that only the cluster's record tells that this copy is outdated from now on; make it writable"
                );
            }
        }
    }

    // That a backup says it replicates does not tell: for seconds it does not notice that a machine has lost its power.
    private PromotionMarker? Look(IDatabaseServer server, ServerObservation seen, Deadline deadline) =>
        seen is { State: ServerState.Replicating, Link: { } link }
        && scope.Topology.IsOfActiveAlone(link.Source.Address)
        && takesConnections(link.Source, Deadline.After(AnswerTimeout, scope.Clock).Earlier(deadline))
            ? server.Copy.ReadMarker(deadline)
            : null;
}
