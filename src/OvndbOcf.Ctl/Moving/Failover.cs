using System.Diagnostics;
using System.Globalization;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Moving;

/// <summary>
/// Carries out a promotion of a copy that lacks data: the attribute by which the agent allows one promotion (docs/freshness.md), a bounded wait, and in any case the end of the attribute.
/// </summary>
internal sealed class Failover(CtlSettings settings, TextWriter output, CancellationToken cancellation)
{
    private const int TriesToWithdraw = 3;

    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly PacemakerTools _tools = new(settings.Tools);

    /// <summary>Looks once more, allows it and waits; returns the exit status.</summary>
    /// <param name="confirmed">What was decided and confirmed.</param>
    /// <param name="timeout">How long the promotion may take.</param>
    /// <exception cref="CtlException">The cluster could not be looked at, or the command was interrupted; nothing was changed.</exception>
    public async Task<int> RunAsync(FailoverPlan confirmed, TimeSpan timeout)
    {
        var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
        var view = ViewBuilder.Build(facts);
        var plan = confirmed.Again(view);
        if (plan.Refusal is not null)
        {
            await output
                .WriteAsync("The cluster has changed meanwhile.\n" + FailoverText.Plan(plan, RenderOptions.ForConsole()))
                .ConfigureAwait(false);
            return ExitStatus.Refused;
        }

        return await WriteProbe
            .DuringAsync(LocalNode.ParametersOf(facts.Resource), probe => RunAsync(plan, view, probe, timeout))
            .ConfigureAwait(false);
    }

    private async Task<int> RunAsync(FailoverPlan plan, ClusterView view, WriteProbe? probe, TimeSpan timeout)
    {
        var name = "allow-outdated-" + view.Resource;
        var begin = Stopwatch.GetTimestamp();
        ClusterView? reached = null;
        string? problem = null;
        bool isWithdrawn;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var deadline = Deadline.After(timeout);
            var number = plan.Latest!.Number.ToString(CultureInfo.InvariantCulture);
            var allowed = await _tools.SetAttributeAsync(name, plan.Node, number, false, settings.Timeout).ConfigureAwait(false);
            problem = allowed.Succeeded ? null : allowed.Essence;
            reached = allowed.Succeeded
                ? await PromotionArrival.AwaitAsync(settings, plan.Node, view, deadline, cancellation).ConfigureAwait(false)
                : null;
        }
        catch (OperationCanceledException)
        {
            // What is left behind is said below, as after any other end.
        }
        finally
        {
            isWithdrawn = await WithdrawAsync(name, plan.Node).ConfigureAwait(false);
        }

        // Pacemaker has the address there; whether clients get through is another thing.
        var isServed =
            reached is not null && probe is not null && await probe.WaitForWriteAsync(Deadline.After(ReturnTimeout)).ConfigureAwait(false);
        var end = new FailoverEnd(
            reached is not null,
            reached ?? await PromotionArrival.ReadAsync(settings).ConfigureAwait(false),
            isServed ? Stopwatch.GetElapsedTime(begin) : null,
            probe is not null,
            cancellation.IsCancellationRequested,
            problem,
            isWithdrawn
        );
        await output.WriteAsync(FailoverText.Result(plan, end, RenderOptions.ForConsole())).ConfigureAwait(false);
        return cancellation.IsCancellationRequested ? ExitStatus.Interrupted
            : reached is not null && isWithdrawn ? ExitStatus.Ok
            : ExitStatus.NotDone;
    }

    /// <summary>Ends the permission; whether it is gone. The agent ends it, too, once it was used.</summary>
    private async Task<bool> WithdrawAsync(string name, string node)
    {
        for (var i = 0; i < TriesToWithdraw; i++)
        {
            await _tools.DeleteAttributeAsync(name, node, settings.Timeout).ConfigureAwait(false);
            if (
                await _tools.ReadAttributeAsync(name, settings.Timeout).ConfigureAwait(false) is { } left
                && string.IsNullOrEmpty(left.GetValueOrDefault(node))
            )
            {
                return true;
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }
}
