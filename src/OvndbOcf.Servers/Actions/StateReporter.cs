using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>What a thorough monitor tells the cluster of the instance, by its state, and does about that.</summary>
internal sealed class StateReporter(
    ActionScope scope,
    PromotionScore score,
    CopyAttributes attributes,
    CopyReporter copies,
    ActiveDuties activeDuties,
    BackupDuties backupDuties
)
{
    /// <summary>Tells it.</summary>
    /// <param name="state">What the instance is.</param>
    /// <param name="seen">What was seen of its servers.</param>
    /// <param name="expected">What Pacemaker expects.</param>
    /// <param name="cutOff">For how long a backup has been without a connection that it should have.</param>
    /// <returns>The connections on which it depends that nothing more has to be told; null if something may have to be.</returns>
    public async Task<IReadOnlyList<WatchedConnection>?> ReportAsync(
        InstanceState state,
        ServerPair seen,
        ExpectedRole expected,
        TimeSpan cutOff
    )
    {
        switch (state)
        {
            case InstanceState.Promoted or InstanceState.PromotedWithoutNorthd:
                if (expected == ExpectedRole.Promoted)
                {
                    return await activeDuties.PerformAsync().ConfigureAwait(false);
                }

                await score.SetAsync(PromotionScores.Active).ConfigureAwait(false);
                return null;

            case InstanceState.Unpromoted
            or InstanceState.UnpromotedDegraded:
                var assessment = await copies.ReportAsync(seen, cutOff).ConfigureAwait(false);
                var followed =
                    expected == ExpectedRole.Unpromoted
                        ? await backupDuties.FollowIfMissedAsync(seen, assessment).ConfigureAwait(false)
                        : Outcome.Done;
                if (!followed.IsDone)
                {
                    scope.Log.Warning(followed.Problem!);
                }

                return BackupDuties.Watched(seen, assessment);

            case InstanceState.Stopped when expected == ExpectedRole.Unknown:
                return null;

            case var _ when expected == ExpectedRole.Promoted:
                // Without its score the promotion would be moved as if somebody had asked for it, before Pacemaker learns of the failure: to a backup that may lack the last rows. The
                // failure that is about to be returned leads to a stop, which takes the score away.
                await attributes.WithdrawAsync().ConfigureAwait(false);
                return null;

            default:
                // Nothing that anybody could count on, and no failure on the way to saying so may hide the state.
                await Task.WhenAll(score.SetAsync(null), attributes.WithdrawAsync()).ConfigureAwait(false);
                return null;
        }
    }
}
