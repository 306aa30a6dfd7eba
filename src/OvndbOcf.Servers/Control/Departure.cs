using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Notes beside the files of a backup that is about to be stopped that its active server lives on, and so goes on without it. The promoted instance puts the same on record; but a node that leaves the
/// cluster at once may not get to see that, and its own configuration is all that it has where it returns alone.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="node">This node, by the name that promotions record.</param>
public sealed class Departure(AgentParameters parameters, string node)
{
    // Of another machine of the same network that is alive.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Notes what there is to note; returns by the deadline.</summary>
    public async Task NoteAsync(Deadline deadline)
    {
        var servers = ServerInquiry.Observe(parameters, deadline);
        await Task.WhenAll(parameters.Databases.Select(database => NoteAsync(database, servers.Of(database.Database), deadline)))
            .ConfigureAwait(false);
    }

    private async Task NoteAsync(DatabaseParameters database, ServerObservation seen, Deadline deadline)
    {
        // That a backup says it replicates does not tell: for seconds it does not notice that a machine has lost its power.
        if (
            seen is not { State: ServerState.Replicating, Link: { } link }
            || !NodeAddress.Topology(parameters).IsAnsweredByServer(link.Source.Address)
            || await TcpReach.TryAsync(link.Source, Deadline.After(AnswerTimeout).Earlier(deadline).Remaining).ConfigureAwait(false)
                != Reach.Connected
        )
        {
            return;
        }

        var note = new PromotionNote(DatabaseFile.Find(parameters, database));
        if (
            NotedPromotion.Leaving(note.Read(), new CopyAccess(parameters, database).Read(deadline, withSchema: false), node) is { } leaving
        )
        {
            note.Write(leaving);
        }
    }
}
