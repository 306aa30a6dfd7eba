using System.Globalization;
using System.Text;

namespace OvndbOcf.Simulation;

/// <summary>Waiting until Pacemaker has nothing left to do.</summary>
public sealed partial class Cluster
{
    private const string LatestControl = "grep -E 'pacemaker-(controld|execd|schedulerd)' /var/log/pacemaker/pacemaker.log | tail -n 30";

    /// <summary>Waits until Pacemaker has nothing left to do (<c>crm_resource --wait</c>).</summary>
    /// <exception cref="ExecException">It was not done in time; with what the nodes' controllers did last, as what they wait for is in their logs alone.</exception>
    public async Task WaitForIdleAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        string[] command = ["crm_resource", "--wait", $"--timeout={(int)timeout.TotalSeconds}s"];
        var result = await Nodes[0].ExecAsync(command, timeout + AnswerLimit, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            return;
        }

        var logs = new StringBuilder(result.Stdout);
        foreach (var node in Nodes)
        {
            if (await node.IsOnAsync(cancellationToken).ConfigureAwait(false))
            {
                var log = await node.ExecAsync(["sh", "-c", LatestControl], cancellationToken: cancellationToken).ConfigureAwait(false);
                logs.Append(CultureInfo.InvariantCulture, $"\n{node.Name}:\n{log.Output}");
            }
        }

        throw new ExecException(Nodes[0].Name, command, result with { Stdout = logs.ToString() });
    }
}
