using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// A server that takes writes though nobody promoted it: replication errors can make a backup active. It becomes a backup of nobody at once, and its
/// file is set aside, as whatever was written to it is in no other copy.
/// </summary>
internal sealed class Isolation(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    PromotionScore score,
    CopyAttributes attributes
)
{
    /// <summary>Isolates what has to be; null if nothing has.</summary>
    public async Task<ActionResult?> IfWritableAsync(ServerPair seen)
    {
        List<string> labels = [];
        List<Outcome> outcomes = [];
        foreach (var server in servers.All)
        {
            if (seen.Of(server.Database.Kind).State == ServerState.Active)
            {
                labels.Add(server.Database.Label);
                outcomes.Add(await IsolateAsync(server).ConfigureAwait(false));
            }
        }

        if (labels.Count == 0)
        {
            return null;
        }

        await Task.WhenAll(score.SetAsync(null), attributes.WithdrawAsync()).ConfigureAwait(false);
        var problem = Outcome.All(outcomes).Problem;
        return ActionResult.Error(
            $"{string.Join(" and ", labels)} took writes without being promoted{(problem is null ? ", and was isolated: its data is set aside" : $", and could not be isolated: {problem}")}; the cluster restarts the instance"
        );
    }

    private async Task<Outcome> IsolateAsync(IDatabaseServer server)
    {
        var path = DatabaseFile.Find(parameters, server.Database);
        var unsaved = new UnsavedNote(path);
        unsaved.Write();
        scope.Warn(server.Listeners.AlignBackup(scope.Deadline));
        var left = await server.DemoteAsync(null, scope.Deadline).ConfigureAwait(false);
        if (!left.IsDone)
        {
            return left;
        }

        // Its last change tells one copy from another, also where nothing else can be read of it.
        var copy = server.Copy.Read(scope.Deadline) with
        {
            LastChange = DatabaseFile.LastChange(path),
        };
        var saved = new SetAside(parameters.SetAsideCount, scope.Log).Save(
            server.Database,
            path,
            copy,
            scope.Me.AttributeHost,
            followed: null,
            scope.Deadline
        );
        if (saved.IsDone)
        {
            unsaved.Delete();
        }

        return saved;
    }
}
