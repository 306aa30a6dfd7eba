using System.Globalization;
using System.Text;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Moving;

/// <summary>How the promotion of a copy that lacks data ended.</summary>
/// <param name="IsReached">Whether the node is active, with the address.</param>
/// <param name="After">The cluster now; null if it does not answer.</param>
/// <param name="Served">How long after the permission a client could write; null if none could, or that was not measured.</param>
/// <param name="IsMeasured">Whether it was measured.</param>
/// <param name="IsInterrupted">Whether somebody ended the wait.</param>
/// <param name="Problem">Why the cluster did not take the permission; null if it did.</param>
/// <param name="IsWithdrawn">Whether the permission is certainly gone.</param>
internal sealed record FailoverEnd(
    bool IsReached,
    ClusterView? After,
    TimeSpan? Served,
    bool IsMeasured,
    bool IsInterrupted,
    string? Problem,
    bool IsWithdrawn
);

/// <summary>What <c>ovndbctl failover</c> says before and after. Pure.</summary>
internal static class FailoverText
{
    /// <summary>What would be lost, or why it is refused.</summary>
    public static string Plan(FailoverPlan plan, RenderOptions options)
    {
        if (plan.Refusal is { } refusal)
        {
            return Line($"Refused: {refusal}.", options) + (plan.NextStep is { } next ? $"  $ {next}\n" : string.Empty);
        }

        var latest = plan.Latest!;
        var text = new StringBuilder(Line($"{plan.Node} would be active. {Lost(plan, latest, options)}", options));
        text.Append(
            Line(
                plan.LatestNode?.Condition switch
                {
                    null => $"{latest.Node} was active last, and is no node of the cluster any more.",
                    NodeCondition.Online => $"{latest.Node} was active last, is online, and lacks data itself.",
                    _ =>
                        $"{latest.Node} was active last, and is offline: if it can be started, start it, and nothing is lost. When it comes back later, its files are set aside, and single rows can be brought back from them.",
                },
                options
            )
        );
        if (plan.Unseen.Count > 0)
        {
            text.Append(Line($"No instance runs on {string.Join(" and ", plan.Unseen)}: a better copy may be there.", options));
        }

        return text.ToString();
    }

    /// <summary>What came of it.</summary>
    public static string Result(FailoverPlan plan, FailoverEnd end, RenderOptions options)
    {
        var text = new StringBuilder();
        if (end.IsReached)
        {
            var number = end.After?.Promotion is { } promotion
                ? string.Create(CultureInfo.InvariantCulture, $", promotion {promotion.Number}")
                : string.Empty;
            text.Append(Line($"{plan.Node} is active{number}. {Served(end)}", options));
        }
        else
        {
            text.Append(
                Line(
                    end.Problem is not null ? $"The cluster did not take the permission: {end.Problem}"
                        : end.IsInterrupted ? "Interrupted: the promotion is not waited for any more."
                        : $"{plan.Node} was not active in time.",
                    options
                )
            );
            text.Append(
                Line(
                    end.After is null ? "Pacemaker does not answer: who is active is not known."
                        : end.After.Active is { } active ? $"{active} is active now: what its copy lacks is lost to clients."
                        : end.After.Nodes.Any(node => node.Role == InstanceRole.Changing)
                            ? "Nobody is active yet, and an action is under way: a promotion that has begun may still succeed."
                        : "Nobody is active, and nothing is lost.",
                    options
                )
            );
            text.Append(end.After?.Active is null ? "  $ ovndbctl list --watch\n  $ ovndbctl why\n" : "  $ ovndbctl list --watch\n");
        }

        return text.Append(Permission(plan, end, options)).ToString();
    }

    private static string Permission(FailoverPlan plan, FailoverEnd end, RenderOptions options) =>
        !end.IsWithdrawn
            ? Line($"The permission may still be there; it counts for one promotion of {plan.Node}. To withdraw it:", options)
                + $"  $ attrd_updater -n allow-outdated-{end.After?.Resource ?? "RESOURCE"} -D -N {plan.Node}\n"
        : end.IsReached ? string.Empty
        : "The permission is withdrawn.\n";

    private static string Served(FailoverEnd end) =>
        end switch
        {
            { Served.TotalSeconds: var seconds } => string.Create(
                CultureInfo.InvariantCulture,
                $"Clients can write again, {seconds:0.00} s after the loss was accepted."
            ),
            { IsMeasured: true } => $"From this node nobody can write yet: check the network to {end.After?.Address?.Ip}.",
            _ => "Since when clients can write was not measured.",
        };

    private static string Lost(FailoverPlan plan, PromotionView latest, RenderOptions options)
    {
        var (held, since) = (Words.Number(plan.Held), Words.Time(latest.Time, options));
        return plan.Copy switch
        {
            CopyState.Empty => "Its databases are empty: all rows are lost.",
            CopyState.Unmarked =>
                $"Its data is of unknown age: whatever it lacks is lost, up to everything of promotion {Words.Number(latest.Number)} and before.",
            CopyState.Foreign =>
                $"Its data is of another history (promotion {held}): everything of promotion {Words.Number(latest.Number)} is lost.",
            _ when plan.Held == latest.Number =>
                $"Its copy was cut off while {latest.Node} was active by promotion {held} (since {since}): rows that were written after that are lost.",
            _ =>
                $"Its copy ends with promotion {held}, the latest is {Words.Number(latest.Number)} ({latest.Node}, {since}): rows that were written after it was cut off are lost.",
        };
    }

    private static string Line(string text, RenderOptions options) => Wrap.Lines(text, string.Empty, string.Empty, options.Width) + "\n";
}
