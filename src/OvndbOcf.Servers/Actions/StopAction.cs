using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>stop: nothing of this resource runs here afterwards, whatever the configuration says and whatever the daemons do.</summary>
public static class StopAction
{
    // A server that does not answer is stopped without: its copy is marked on record.
    private static readonly TimeSpan DepartureTimeout = TimeSpan.FromSeconds(2);
    private const double ShareForDeparture = 0.2;

    /// <summary>Success once both servers, and northd where it is managed, have really ended.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        context.ForgetConditions();
        context.History.Forget();
        if (await context.Neighbours.FindOwnerAsync().ConfigureAwait(false) is { } owner)
        {
            context.Log.Info(
                $"the servers in {context.Parameters.Directories.Run} belong to resource {owner} and are left alone; nothing of this resource runs"
            );
            await Task.WhenAll(context.SetScoreAsync(null), context.CopyAttributes.WithdrawAsync()).ConfigureAwait(false);
            return ActionResult.Success;
        }

        var score = Task.WhenAll(context.SetScoreAsync(null), context.CopyAttributes.WithdrawAsync());
        var northd = context.Northd.StopAsync(context.Deadline);
        await new Departure(context.Parameters, context.Me.AttributeHost)
            .NoteAsync(Deadline.After(DepartureTimeout).Earlier(Deadline.After(context.Deadline.Remaining * ShareForDeparture)))
            .ConfigureAwait(false);
        var servers = await context.BothAsync(server => server.StopAsync(context.Deadline)).ConfigureAwait(false);
        var outcome = Outcome.All(servers, await northd.ConfigureAwait(false));
        await score.ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            return ActionResult.Error(outcome.Problem!);
        }

        context.Neighbours.Forget();
        return ActionResult.Success;
    }
}
