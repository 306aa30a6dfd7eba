using System.Diagnostics;

namespace OvndbOcf.Simulation.Hypervisors;

/// <summary>A VM that pings until <see cref="StopAsync"/>.</summary>
public sealed class ContinuousPing
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(100);

    private readonly Hypervisor hypervisor;
    private readonly int pid;
    private readonly string log;

    internal ContinuousPing(Hypervisor hypervisor, int pid, string log)
    {
        this.hypervisor = hypervisor;
        this.pid = pid;
        this.log = log;
    }

    /// <summary>What came of it so far.</summary>
    /// <exception cref="ExecException">There is no log.</exception>
    public async Task<PingReport> ReportAsync(CancellationToken cancellationToken = default) =>
        PingReport.Parse(await hypervisor.ReadFileAsync(log, cancellationToken).ConfigureAwait(false));

    /// <summary>Ends it, and tells what came of it.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task<PingReport> StopAsync(CancellationToken cancellationToken = default)
    {
        await hypervisor.SignalAsync(pid, "INT", cancellationToken).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < AnswerLimit)
        {
            if (await ReportAsync(cancellationToken).ConfigureAwait(false) is { Ended: true } report)
            {
                return report;
            }

            await Task.Delay(PollPause, cancellationToken).ConfigureAwait(false);
        }

        throw new TimeoutException($"{hypervisor.Name}: ping did not end within {AnswerLimit.TotalSeconds:0} s after SIGINT");
    }
}
