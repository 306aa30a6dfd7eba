using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

[Collection(OneAtATime.Name)]
public sealed class SignalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task The_process_that_was_seen_gets_the_signal()
    {
        using var daemon = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--signal");
        Assert.True(ProcessTable.Signal(daemon.Snapshot, Signal.Terminate));
        await Poll.UntilAsync("the process to end", () => !ProcessTable.IsAlive(daemon.Snapshot), TestContext.Current.CancellationToken);
        Assert.False(ProcessTable.Signal(daemon.Snapshot, Signal.Kill));
    }

    [Theory(Timeout = 20000)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_later_process_with_the_same_id_gets_nothing(int difference)
    {
        using var daemon = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--reused");
        var earlier = daemon.Snapshot with { StartTicks = daemon.Snapshot.StartTicks + difference };
        Assert.False(ProcessTable.IsAlive(earlier));
        Assert.False(ProcessTable.Signal(earlier, Signal.Kill));

        // A signal that had been sent would have been delivered before this one is answered.
        await daemon.FreezeAsync(TestContext.Current.CancellationToken);
        Assert.True(ProcessTable.IsAlive(daemon.Snapshot));
    }
}
