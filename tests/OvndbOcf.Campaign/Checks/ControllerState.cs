using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign.Checks;

/// <summary>What Pacemaker's designated controller is doing (crmadmin(8)).</summary>
internal static class ControllerState
{
    /// <summary>Whether there is a designated controller and it is at rest: no election, no join, no transition.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> IsIdleAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            var status = await cluster.GetStatusAsync(cancellationToken);
            if (status.DesignatedController is not { } name)
            {
                return false;
            }

            var answer = await cluster.Node(name).ExecAsync(["crmadmin", "--status", name], cancellationToken: cancellationToken);
            return answer.Output.Contains("S_IDLE", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ExecException)
        {
            return false;
        }
    }
}
