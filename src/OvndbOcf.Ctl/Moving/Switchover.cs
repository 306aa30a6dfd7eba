using System.Globalization;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Moving;

/// <summary>
/// Carries out a planned move: a preference for the node with a lifetime, so that it ends even where this process is killed; a bounded wait; and in any case the end of the preference.
/// </summary>
internal sealed class Switchover(CtlSettings settings, TextWriter output, CancellationToken cancellation)
{
    private const int TriesToClear = 3;

    // CRM_EX_USAGE: such as of an option that crm_resource does not know.
    private const int WrongUsage = 64;

    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LifetimeBeyond = TimeSpan.FromMinutes(1);

    private readonly ClusterTools _tools = new(settings);

    /// <summary>Moves; returns the exit status.</summary>
    /// <param name="plan">What was decided.</param>
    /// <param name="view">The cluster before.</param>
    /// <param name="parameters">The resource's parameters.</param>
    /// <param name="timeout">How long the move may take.</param>
    public Task<int> RunAsync(SwitchoverPlan plan, ClusterView view, AgentParameters parameters, TimeSpan timeout) =>
        WriteProbe.DuringAsync(parameters, probe => RunAsync(plan, view, probe, timeout));

    private async Task<int> RunAsync(SwitchoverPlan plan, ClusterView view, WriteProbe? probe, TimeSpan timeout)
    {
        ClusterView? reached = null;
        CommandResult? asked = null;
        bool isCleared;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var deadline = Deadline.After(timeout);
            asked = await PreferAsync(view.CloneId, plan.To, timeout).ConfigureAwait(false);
            reached = asked.Succeeded
                ? await PromotionArrival.AwaitAsync(settings, plan.To, view, deadline, cancellation).ConfigureAwait(false)
                : null;
        }
        catch (OperationCanceledException)
        {
            // What is left behind is said below, as after any other end.
        }
        finally
        {
            isCleared = await ClearAsync(view).ConfigureAwait(false);
        }

        // Pacemaker has the address there; whether clients get through is another thing.
        var isServed =
            reached is not null
            && probe is { Longest: not null }
            && await probe.WaitForWriteAsync(Deadline.After(ReturnTimeout)).ConfigureAwait(false);
        var outage =
            isServed ? new Outage(probe!.Longest!.Value, IsOver: true)
            : probe?.Longest is { } lasting ? new Outage(lasting, IsOver: false)
            : null;
        var after = reached ?? await CommonView.ReadAsync(settings).ConfigureAwait(false);
        return await ReportAsync(plan, asked, reached is not null, after, outage, isCleared).ConfigureAwait(false);
    }

    private async Task<CommandResult> PreferAsync(string clone, string node, TimeSpan timeout)
    {
        var asked = await PreferAsync("--promoted").ConfigureAwait(false);

        // Before Pacemaker 2.1 the role had another name.
        return asked is { End: CommandEnd.Exited, ExitCode: WrongUsage } ? await PreferAsync("--master").ConfigureAwait(false) : asked;

        Task<CommandResult> PreferAsync(string role) =>
            _tools.RunAsync(
                "crm_resource",
                "--move",
                "--resource",
                clone,
                "--node",
                node,
                role,
                "--lifetime",
                string.Create(CultureInfo.InvariantCulture, $"PT{(int)(timeout + LifetimeBeyond).TotalSeconds}S")
            );
    }

    /// <summary>Ends the preference; whether it is gone. There was none before, so that nobody else's goes.</summary>
    private async Task<bool> ClearAsync(ClusterView before)
    {
        for (var i = 0; i < TriesToClear; i++)
        {
            await _tools.RunAsync("crm_resource", "--clear", "--resource", before.CloneId).ConfigureAwait(false);
            if (await _tools.ReadCibAsync().ConfigureAwait(false) is { } cib && !cib.Moves.ContainsKey(before.CloneId))
            {
                return true;
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<int> ReportAsync(
        SwitchoverPlan plan,
        CommandResult? asked,
        bool isReached,
        ClusterView after,
        Outage? outage,
        bool isCleared
    )
    {
        var text = SwitchoverText.Result(
            plan,
            isReached,
            after,
            outage,
            cancellation.IsCancellationRequested,
            asked is { Succeeded: false } ? asked.Essence : null
        );
        await output.WriteAsync(text).ConfigureAwait(false);
        if (!isCleared)
        {
            await output
                .WriteLineAsync(
                    $"The constraint of the move may still be there; it ends by itself. To remove it now:\n  $ crm_resource --clear --resource {after.CloneId}"
                )
                .ConfigureAwait(false);
        }

        return cancellation.IsCancellationRequested ? ExitStatus.Interrupted
            : isReached && isCleared ? ExitStatus.Ok
            : ExitStatus.NotDone;
    }
}
