using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// A server that takes writes though nobody promoted it: replication errors can make a backup active. It becomes a backup of nobody at once, and its
/// file is set aside, as
/// whatever was written to it is in no other copy.
/// </summary>
internal static class Isolation
{
    /// <summary>Isolates what has to be; null if nothing has.</summary>
    public static async Task<ActionResult?> IfWritableAsync(AgentContext context, ServerPair servers)
    {
        List<string> labels = [];
        List<Outcome> outcomes = [];
        foreach (var server in context.Servers)
        {
            if (servers.Of(server.Database.Database).State == ServerState.Active)
            {
                labels.Add(server.Database.Label);
                outcomes.Add(await IsolateAsync(context, server).ConfigureAwait(false));
            }
        }

        if (labels.Count == 0)
        {
            return null;
        }

        await Task.WhenAll(context.SetScoreAsync(null), context.CopyAttributes.WithdrawAsync()).ConfigureAwait(false);
        var problem = Outcome.All(outcomes).Problem;
        return ActionResult.Error(
            $"{string.Join(" and ", labels)} took writes without being promoted{(problem is null ? ", and was isolated: its data is set aside" : $", and could not be isolated: {problem}")}; the cluster restarts the instance"
        );
    }

    private static async Task<Outcome> IsolateAsync(AgentContext context, DatabaseServer server)
    {
        var path = DatabaseFile.Find(context.Parameters, server.Database);
        var unsaved = new UnsavedNote(path);
        unsaved.Write();
        context.Warn(server.Listeners.AlignBackup(context.Deadline));
        var left = await server.DemoteAsync(null, context.Deadline).ConfigureAwait(false);
        if (!left.IsDone)
        {
            return left;
        }

        // Its last change tells one copy from another, also where nothing else can be read of it.
        var copy = new CopyAccess(context.Parameters, server.Database).Read(context.Deadline) with
        {
            LastChange = DatabaseFile.LastChange(path),
        };
        var saved = new SetAside(context.Parameters.SetAsideCount, context.Log).Save(
            server.Database,
            path,
            copy,
            context.Me.AttributeHost,
            context.Deadline
        );
        if (saved.IsDone)
        {
            unsaved.Delete();
        }

        return saved;
    }
}
