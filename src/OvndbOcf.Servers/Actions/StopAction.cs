using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>stop: nothing of this resource runs here afterwards, whatever the configuration says and whatever the daemons do.</summary>
internal sealed class StopAction(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    INorthd northd,
    ResourceMemory memory,
    PromotionHistory history,
    Neighbours neighbours,
    PromotionScore score,
    CopyAttributes attributes,
    Departure departure
)
{
    /// <summary>Success once both servers, and northd where it is managed, have really ended.</summary>
    public async Task<ActionResult> RunAsync()
    {
        memory.ForgetConditions();
        history.Forget();
        if (await neighbours.FindOwnerAsync().ConfigureAwait(false) is { } owner)
        {
            scope.Log.Info(
                $"the servers in {parameters.Directories.Run} belong to resource {owner} and are left alone; nothing of this resource runs"
            );
            await WithdrawAsync().ConfigureAwait(false);
            return ActionResult.Success;
        }

        var withdrawing = WithdrawAsync();
        var stopping = northd.StopAsync(scope.Deadline);

        // Whatever comes of it, the servers are stopped.
        var looking = departure.LookAsync();
        await ((Task)looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var stopped = await servers.EachAsync(server => server.StopAsync(scope.Deadline)).ConfigureAwait(false);
        var outcome = Outcome.All(stopped, await stopping.ConfigureAwait(false));
        await withdrawing.ConfigureAwait(false);
        if (looking.IsCompletedSuccessfully)
        {
            departure.Note(await looking.ConfigureAwait(false));
        }

        if (!outcome.IsDone)
        {
            return ActionResult.Error(outcome.Problem!);
        }

        neighbours.Forget();
        return ActionResult.Success;
    }

    private Task WithdrawAsync() => Task.WhenAll(score.SetAsync(null), attributes.WithdrawAsync());
}
