using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

/// <summary>The rings of daemons that are there, in a directory of the test's own.</summary>
[Collection(OneAtATime.Name)]
public sealed class ClusterActivityTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _shared = new();

    public void Dispose()
    {
        _folder.Dispose();
        _shared.Dispose();
    }

    [Fact(Timeout = 20000)]
    public async Task What_was_told_holds_until_a_position_moves_or_a_daemon_is_replaced()
    {
        using var attributes = await FakeDaemon.StartAsync(_folder, "pacemaker-attrd", "x");
        using var configuration = await FakeDaemon.StartAsync(_folder, "pacemaker-based", "x");
        var ring = AddRing(attributes, "a");
        Assert.Null(ClusterActivity.Find(_shared.Path));
        AddRing(configuration, "b");
        var found = ClusterActivity.Find(_shared.Path);
        Assert.NotNull(found);
        Assert.Equal(found, ClusterActivity.Find(_shared.Path));
        Assert.True(ClusterActivity.IsStillAt(found));

        await File.WriteAllBytesAsync(ring, [1, 0, 0, 0, 3, 0, 0, 0, 9], TestContext.Current.CancellationToken);
        Assert.False(ClusterActivity.IsStillAt(found));
        found = ClusterActivity.Find(_shared.Path);
        Assert.True(ClusterActivity.IsStillAt(found!));

        // Of two rings nobody can tell which is left over.
        AddRing(attributes, "c");
        Assert.Null(ClusterActivity.Find(_shared.Path));
        Assert.True(ClusterActivity.IsStillAt(found!));
        ProcessTable.Signal(configuration.Snapshot, Signal.Kill);
        await Poll.UntilAsync(
            "the daemon to be gone",
            () => !ProcessTable.IsAlive(configuration.Snapshot),
            TestContext.Current.CancellationToken
        );
        Assert.False(ClusterActivity.IsStillAt(found!));
    }

    [Fact]
    public void Where_there_is_no_ring_nothing_is_known()
    {
        Assert.Null(ClusterActivity.Find(_shared.Path));
        Assert.Null(ClusterActivity.Find(_shared["missing"]));
    }

    [Fact(Timeout = 20000)]
    public async Task A_named_pipe_or_a_link_in_a_rings_place_is_no_ring()
    {
        using var attributes = await FakeDaemon.StartAsync(_folder, "pacemaker-attrd", "x");
        using var configuration = await FakeDaemon.StartAsync(_folder, "pacemaker-based", "x");
        AddRing(configuration, "b");
        var ring = AddRing(attributes, "a");
        File.Move(ring, _shared["elsewhere"]);
        File.CreateSymbolicLink(ring, _shared["elsewhere"]);
        Assert.Null(ClusterActivity.Find(_shared.Path));
        File.Delete(ring);
        await _folder.PipeAsync(ring);
        Assert.Null(await Task.Run(() => ClusterActivity.Find(_shared.Path), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("1:2:3 ")]
    [InlineData("1:2:3 /dev/shm/a\0b")]
    [InlineData("")]
    [InlineData("1:2:3")]
    [InlineData("x:2:3 /dev/null")]
    [InlineData("1:2 /dev/null")]
    public void Anything_else_does_not_hold(string activity) => Assert.False(ClusterActivity.IsStillAt(activity));

    private string AddRing(FakeDaemon daemon, string suffix)
    {
        var channel = Directory.CreateDirectory(_shared[$"qb-4711-{daemon.Snapshot.Id}-20-{suffix}"]).FullName;
        File.WriteAllBytes(Path.Combine(channel, "qb-event-cpg-header"), [1, 0, 0, 0, 2, 0, 0, 0, 9]);
        return Path.Combine(channel, "qb-event-cpg-header");
    }
}
