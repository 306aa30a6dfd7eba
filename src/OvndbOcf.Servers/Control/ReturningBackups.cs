using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Backups whose connections ended a moment before a planned retirement: ovsdb-server ends all of a listener when a row of its Connection table comes, goes, or changes its role, and its clients come back
/// after a second. A promotion that is closed in between has an end that reaches nobody, and nobody could follow it without a loss.
/// </summary>
internal static class ReturningBackups
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    // A backup asks for identity and schema before it asks for data. From then on what it was not sent yet shows in the kernel.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until those that were connected are connected, for two and a half seconds at most.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="former">The connections by which each backup was known.</param>
    /// <param name="deadline">When the action has to be done.</param>
    /// <param name="log">Where messages go.</param>
    public static async Task WaitAsync(AgentParameters parameters, IReadOnlyCollection<LinkEnds> former, Deadline deadline, OcfLog log)
    {
        bool AreBack() =>
            MissingBackups
                .Find(
                    former,
                    [.. TcpConnections.To(parameters.Northbound.Port).Keys],
                    [.. TcpConnections.To(parameters.Southbound.Port).Keys]
                )
                .Count == 0;
        if (
            !AreBack()
            && await Wait.UntilAsync("backups to connect again", AreBack, Deadline.After(Patience).Earlier(deadline), log)
                .ConfigureAwait(false)
        )
        {
            await Task.Delay(Settling).ConfigureAwait(false);
        }
    }
}
