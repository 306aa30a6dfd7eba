using System.Globalization;
using System.Text;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Moving;

/// <summary>For how long clients could not write.</summary>
/// <param name="Time">How long.</param>
/// <param name="IsOver">Whether they can again.</param>
internal sealed record Outage(TimeSpan Time, bool IsOver);

/// <summary>What a planned move says before and after. Pure.</summary>
internal static class SwitchoverText
{
    /// <summary>What would be done, or why not.</summary>
    public static string Plan(SwitchoverPlan plan, RenderOptions options)
    {
        var text = plan.Verdict switch
        {
            SwitchoverVerdict.Refused => $"Refused: {plan.Reason}.",
            SwitchoverVerdict.NothingToDo => $"Nothing to do: {plan.Reason}.",
            SwitchoverVerdict.MayLose => $"From {plan.From} to {plan.To}. Rows may be lost: {plan.Reason}.",
            _ => $"From {plan.From} to {plan.To}. No row is lost: {plan.Reason}.",
        };
        var lines = Wrap.Lines(text, string.Empty, "  ", options.Width) + "\n";
        return plan.NextStep is { } next ? $"{lines}  $ {next}\n" : lines;
    }

    /// <summary>What came of it.</summary>
    /// <param name="plan">What was to be done.</param>
    /// <param name="isReached">Whether the node is active, with the address.</param>
    /// <param name="after">The cluster now.</param>
    /// <param name="outage">For how long clients could not write; null if that was not measured.</param>
    /// <param name="isInterrupted">Whether somebody ended the wait.</param>
    /// <param name="problem">Why Pacemaker did not take the order; null if it did.</param>
    public static string Result(SwitchoverPlan plan, bool isReached, ClusterView after, Outage? outage, bool isInterrupted, string? problem)
    {
        var text = new StringBuilder();
        if (isReached)
        {
            text.Append($"{plan.To} is active");
            text.Append(
                after.Promotion is { } promotion
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $", promotion {promotion.Number}: {(promotion.Complete ? "proven to have every row of the one before" : "not proven to have every row of the one before")}.\n"
                    )
                    : ".\n"
            );
            text.Append(
                outage switch
                {
                    { IsOver: true, Time.TotalSeconds: var seconds } => string.Create(
                        CultureInfo.InvariantCulture,
                        $"Clients could not write for {seconds:0.00} s.\n"
                    ),
                    { Time.TotalSeconds: var seconds } => string.Create(
                        CultureInfo.InvariantCulture,
                        $"From this node nobody has been able to write for {seconds:0.00} s, and still cannot: check the network to {after.Address?.Ip}.\n"
                    ),
                    null => "For how long clients could not write was not measured.\n",
                }
            );
            return text.ToString();
        }

        text.Append(
            // The signal may have ended the tool that gave the order, too.
            isInterrupted ? "Interrupted: the move is not waited for any more.\n"
            : problem is not null ? $"Pacemaker did not take the order: {problem}\n"
            : $"{plan.To} was not active in time.\n"
        );
        text.Append(
            after.Active is { } active
                ? $"{active} is active now; Pacemaker may still be at work.\n  $ ovndbctl list --watch\n"
                : "Nobody is active now; Pacemaker may still be at work.\n  $ ovndbctl list --watch\n  $ ovndbctl why\n"
        );
        return text.ToString();
    }
}
