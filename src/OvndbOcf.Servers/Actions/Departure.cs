using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Notes beside the files of a backup that is about to be stopped that its active server lives on, and so goes on without it. The promoted instance puts the same on record; but a node that leaves the
/// cluster at once may not get to see that, and its own configuration is all that it has where it returns alone.
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

    /// <summary>Notes what there is to note.</summary>
    public async Task NoteAsync()
    {
        var deadline = Deadline.After(Timeout, scope.Clock).Earlier(scope.Deadline.Share(Share));
        var seen = servers.Observe(deadline);
        await Task.WhenAll(servers.All.Select(server => Task.Run(() => Note(server, seen.Of(server.Database.Database), deadline))))
            .ConfigureAwait(false);
    }

    private void Note(IDatabaseServer server, ServerObservation seen, Deadline deadline)
    {
        // That a backup says it replicates does not tell: for seconds it does not notice that a machine has lost its power.
        if (
            seen is { State: ServerState.Replicating, Link: { } link }
            && NodeAddress.Topology(parameters).IsAnsweredByServer(link.Source.Address)
            && takesConnections(link.Source, Deadline.After(AnswerTimeout, scope.Clock).Earlier(deadline))
        )
        {
            var note = new PromotionNote(DatabaseFile.Find(parameters, server.Database));
            var copy = server.Copy.Read(deadline, withSchema: false);
            if (NotedPromotion.Leaving(note.Read(), copy, scope.Me.AttributeHost) is { } leaving)
            {
                note.Write(leaving);
            }
        }
    }
}
