using OvndbOcf.Decisions.Northd;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>An ovn-northd in memory.</summary>
internal sealed class FakeNorthd(Journal journal) : INorthd
{
    public bool IsRunning { get; set; }

    public NorthdState Observe() => IsRunning ? NorthdState.Running : NorthdState.NotRunning;

    public NorthdState Ask(Deadline deadline) => Observe();

    public Task<Outcome> StartAsync(Deadline deadline) => Do("northd starts", isRunning: true);

    public Task<Outcome> RestartAsync(Deadline deadline) => Do("northd restarts", isRunning: true);

    public Outcome Resume(Deadline deadline) => throw new InvalidOperationException("nobody paused it");

    public Task<Outcome> StopAsync(Deadline deadline) => Do("northd stops", isRunning: false);

    private Task<Outcome> Do(string call, bool isRunning)
    {
        if (!journal.Note(call))
        {
            return Task.FromResult(Outcome.Failed($"{call}: failed"));
        }

        IsRunning = isRunning;
        return Task.FromResult(Outcome.Done);
    }
}
