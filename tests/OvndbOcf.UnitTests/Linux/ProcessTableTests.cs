using System.Diagnostics;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

[Collection(OneAtATime.Name)]
public sealed class ProcessTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_process_is_found_by_its_id()
    {
        var self = ProcessTable.Find(Environment.ProcessId);
        Assert.NotNull(self);
        Assert.Equal(Environment.ProcessId, self.Id);
        Assert.True(self.ParentId > 0);
        Assert.True(self.StartTicks > 0);
        Assert.True(ProcessTable.IsAlive(self));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_id_that_nobody_has_is_not_found(int id)
    {
        Assert.Null(ProcessTable.Find(id));
        Assert.Empty(ProcessTable.CommandLine(id));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_ended_and_was_not_reaped_is_not_found()
    {
        // The shell starts a child, becomes a program that never reaps it, and so keeps it as a zombie.
        using var parent = Process.Start(
            new ProcessStartInfo("/bin/bash", ["-c", "(exit 0) & echo $!; exec sleep 30"]) { RedirectStandardOutput = true }
        )!;
        var child = int.Parse(
            (await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!,
            System.Globalization.CultureInfo.InvariantCulture
        );
        await Poll.UntilAsync(
            "the parent to be sleep",
            () => ProcessTable.Find(parent.Id)?.Name == "sleep",
            TestContext.Current.CancellationToken
        );
        await Poll.UntilAsync("the child to end", () => ProcessTable.Find(child) is null, TestContext.Current.CancellationToken);
        parent.Kill();
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 20000)]
    public async Task Processes_are_found_by_name_and_argument_together()
    {
        using var wanted = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--unixctl=" + _folder["a.ctl"]);
        using var otherArgument = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--unixctl=" + _folder["a.ctl2"]);
        using var otherName = await FakeDaemon.StartAsync(_folder, "ovsdb-serve", "--unixctl=" + _folder["a.ctl"]);
        Assert.Equal([wanted.Snapshot], Find("--unixctl=" + _folder["a.ctl"]));
        Assert.Empty(Find("--unixctl=" + _folder["a"]));
        Assert.Equal("ovsdb-server", wanted.Snapshot.Name);
        Assert.Equal("--unixctl=" + _folder["a.ctl"], ProcessTable.CommandLine(wanted.Snapshot.Id)[^1]);
    }

    [Fact(Timeout = 20000)]
    public async Task Every_process_of_a_name_with_an_argument_is_found()
    {
        using var first = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--twice=" + _folder.Path);
        using var second = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--twice=" + _folder.Path);
        var found = Find("--twice=" + _folder.Path);
        Assert.Equal(2, found.Count);
        Assert.Contains(first.Snapshot, found);
        Assert.Contains(second.Snapshot, found);
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_in_a_container_is_not_one_of_this_machine()
    {
        using var inside = await FakeDaemon.StartInContainerAsync(_folder, "ovsdb-server", "--contained=" + _folder.Path);
        Assert.Equal("ovsdb-server", ProcessTable.Find(inside.Snapshot.Id)?.Name);
        Assert.Contains("--contained=" + _folder.Path, ProcessTable.CommandLine(inside.Snapshot.Id));
        Assert.False(ProcessTable.IsInThisNamespace(inside.Snapshot.Id));
        Assert.Empty(Find("--contained=" + _folder.Path));
        Assert.True(ProcessTable.IsInThisNamespace(inside.StartedId));
        Assert.True(ProcessTable.IsInThisNamespace(Environment.ProcessId));
    }

    [Fact(Timeout = 20000)]
    public async Task A_command_line_longer_than_a_page_is_read_whole()
    {
        var argument = "--long=" + new string('x', 100_000);
        using var daemon = await FakeDaemon.StartAsync(_folder, "ovsdb-server", argument);
        Assert.Equal(argument, ProcessTable.CommandLine(daemon.Snapshot.Id)[^1]);
    }

    [Fact(Timeout = 20000)]
    public async Task A_stopped_process_is_seen_as_stopped()
    {
        using var daemon = await FakeDaemon.StartAsync(_folder, "ovsdb-server", "--stopped");
        await daemon.FreezeAsync(TestContext.Current.CancellationToken);
        var seen = ProcessTable.Find(daemon.Snapshot.Id);
        Assert.Equal(daemon.Snapshot with { Activity = ProcessActivity.Stopped }, seen);
        Assert.True(seen!.IsAlive);
        Assert.True(ProcessTable.Signal(seen, Signal.Continue));
        await Poll.UntilAsync(
            "the process to go on",
            () => ProcessTable.Find(seen.Id)?.Activity == ProcessActivity.Sleeping,
            TestContext.Current.CancellationToken
        );
    }

    private static IReadOnlyList<ProcessSnapshot> Find(string argument) => ProcessTable.FindAll("ovsdb-server", given => given == argument);
}
