using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Linux;

namespace OvndbOcf.Ctl.Moving;

/// <summary>Waits for a promotion that Pacemaker was asked for.</summary>
internal static class PromotionArrival
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The cluster once the node is active by a new promotion, with the address; null if that was not so in time.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="node">The node.</param>
    /// <param name="before">The cluster before.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static async Task<ClusterView?> AwaitAsync(
        CtlSettings settings,
        string node,
        ClusterView before,
        Deadline deadline,
        CancellationToken cancellation
    )
    {
        while (!deadline.HasPassed)
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            if (
                await ReadAsync(settings).ConfigureAwait(false) is { } now
                && now.Active == node
                && now.Promotion?.Node == node
                && now.Promotion.Number > (before.Promotion?.Number ?? 0)
                && (now.Address?.Resource is null || now.Address.Node == node)
                && now.Nodes.All(known => known.Role != InstanceRole.Changing)
            )
            {
                return now;
            }
        }

        return null;
    }

    /// <summary>The cluster now; null where it does not answer.</summary>
    public static async Task<ClusterView?> ReadAsync(CtlSettings settings)
    {
        try
        {
            return await CommonView.ReadAsync(settings).ConfigureAwait(false);
        }
        catch (CtlException)
        {
            return null;
        }
    }
}
