using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Moving;

/// <summary>
/// Carries out a planned move: a preference for the node, a bounded wait, and in any case the end of the preference.
/// </summary>
internal sealed class Switchover(CtlSettings settings, TextWriter output, CancellationToken cancellation)
{
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LifetimeBeyond = TimeSpan.FromMinutes(1);

    /// <summary>Moves; returns the exit status.</summary>
    /// <param name="plan">What was decided.</param>
    /// <param name="view">The cluster before.</param>
    /// <param name="parameters">The resource's parameters.</param>
    /// <param name="timeout">How long the move may take.</param>
    public Task<int> RunAsync(SwitchoverPlan plan, ClusterView view, AgentParameters parameters, TimeSpan timeout) =>
        WriteProbe.DuringAsync(parameters, probe => RunAsync(plan, view, probe, timeout));

    private async Task<int> RunAsync(SwitchoverPlan plan, ClusterView view, WriteProbe? probe, TimeSpan timeout)
    {
        var preference = new Preference(new ClusterTools(settings), view.CloneId, plan.To);
        ClusterView? reached = null;
        CommandResult? asked = null;
        bool isCleared;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var deadline = Deadline.After(timeout);
            asked = await preference.SetAsync(timeout + LifetimeBeyond).ConfigureAwait(false);
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
            isCleared = await preference.EndAsync().ConfigureAwait(false);
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
        return await ReportAsync(plan, asked, reached is not null, after, outage, isCleared ? null : preference).ConfigureAwait(false);
    }

    private async Task<int> ReportAsync(
        SwitchoverPlan plan,
        CommandResult? asked,
        bool isReached,
        ClusterView after,
        Outage? outage,
        Preference? left
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
        if (left is not null)
        {
            await output
                .WriteLineAsync(
                    $"The constraint of the move may still be there; it ends by itself. To remove it now:\n  $ {left.CommandToEnd}"
                )
                .ConfigureAwait(false);
        }

        return cancellation.IsCancellationRequested ? ExitStatus.Interrupted
            : isReached && left is null ? ExitStatus.Ok
            : ExitStatus.NotDone;
    }
}
