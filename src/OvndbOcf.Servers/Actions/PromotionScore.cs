using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>This instance's promotion score.</summary>
/// <param name="scope">The action.</param>
/// <param name="scores">The scores of all instances.</param>
/// <param name="history">What was last read of the cluster.</param>
/// <param name="memory">Remembers which score was sent.</param>
internal sealed class PromotionScore(ActionScope scope, IPromotionScores scores, PromotionHistory history, ResourceMemory memory)
{
    private static readonly TimeSpan AnnouncementTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Sets it, or deletes it if null. A cluster that does not take it is logged and no failure: monitor tries again.</summary>
    public async Task SetAsync(int? score)
    {
        var result = score is { } value
            ? await scores.SetPromotionScoreAsync(scope.Resource, scope.Me.AttributeHost, value, scope.ToolTimeout).ConfigureAwait(false)
            : await scores.DeletePromotionScoreAsync(scope.Resource, scope.Me.AttributeHost, scope.ToolTimeout).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            scope.Log.Warning($"the promotion score could not be written: {result}; check pacemaker-attrd");
        }
    }

    /// <summary>
    /// Sets it if the scheduler did not know it when the history was last read. Where that did not help the last time, the attribute daemon believes that it did: the value vanished from the CIB alone.
    /// </summary>
    public async Task EnsureAsync(int score)
    {
        if (history.ScheduledScore == score)
        {
            return;
        }

        var text = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var wasSent = memory.SentScore.Says(text);
        await SetAsync(score).ConfigureAwait(false);
        if (wasSent)
        {
            await scores.RewriteAttributesAsync(scope.ToolTimeout).ConfigureAwait(false);
        }

        memory.SentScore.Write(text);
    }

    /// <summary>
    /// Waits, a moment at most, until the scheduler knows the score that was set. Pacemaker may be about to promote this instance, which must not be, or another one whose copy is not as good, in the
    /// transition that this action belongs to: it gives that up where it learns of the score before the action's end.
    /// </summary>
    public async Task AwaitScheduledAsync(int score)
    {
        if (scope.Environment.IsRunByPacemaker)
        {
            await Wait.UntilAsync(
                    "the scheduler to know the promotion score",
                    () =>
                        scores.ReadScheduledScoreAsync(scope.Resource, scope.Me.AttributeHost, scope.ToolTimeout).GetAwaiter().GetResult()
                        == score,
                    scope.Deadline.Within(AnnouncementTimeout),
                    scope.Log
                )
                .ConfigureAwait(false);
        }
    }
}
