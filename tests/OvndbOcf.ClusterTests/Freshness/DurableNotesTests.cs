using System.Globalization;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>A note that has to outlive a power failure is on the disk when the action ends that wrote it.</summary>
[Collection(typeof(BookwormFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class DurableNotesTests(BookwormFreshnessCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Trace = "/tmp/notes.trace";

    /// <summary>A backup that is stopped notes that the active server lives on: it may not be promoted when it boots alone.</summary>
    [Fact(Timeout = 200_000)]
    public async Task What_a_backup_notes_when_it_stops_is_flushed_before_it_has_its_name_and_the_name_is_flushed_then()
    {
        var (_, _, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var node = backups[0];
        await WriteAsync(10);
        var executor = (await node.FindExecutorAsync(Cancellation)).ToString(CultureInfo.InvariantCulture);
        var tracing = node.ExecAsync(
            [
                "timeout",
                "20",
                "strace",
                "-f",
                "-y",
                "-qq",
                "-e",
                "trace=fsync,fdatasync,rename,renameat,renameat2",
                "-o",
                Trace,
                "-p",
                executor,
            ],
            TimeSpan.FromSeconds(40),
            cancellationToken: Cancellation
        );
        await UntilAsync(
            "a trace",
            NoticeLimit,
            async () => (await node.ExecAsync(["test", "-e", Trace], cancellationToken: Cancellation)).ExitCode == 0 ? null : "none"
        );
        await StandbyAsync(node);
        await tracing;
        await PcsAsync("node", "unstandby", node.Name);
        await HoldAsync("after the stop", ReturnLimit, also: AllCurrent);

        var trace = await node.ReadFileAsync(Trace, Cancellation);
        Tell(trace);
        foreach (var note in new[] { "/var/lib/ovn/ovnnb_db.db.promotion", "/var/lib/ovn/ovnsb_db.db.promotion" })
        {
            List<string> calls = [.. trace.Split('\n')];
            var renamed = calls.FindIndex(call =>
                call.Contains("rename", StringComparison.Ordinal) && call.Contains($"\"{note}.new\"", StringComparison.Ordinal)
            );
            Assert.InRange(renamed, 1, calls.Count);
            Assert.Contains(calls[..renamed], call => IsFlush(call, $"{note}.new"));
            Assert.Contains(calls[renamed..], call => IsFlush(call, "/var/lib/ovn"));
        }
    }

    private static bool IsFlush(string call, string path) =>
        call.Contains("sync(", StringComparison.Ordinal) && call.Contains($"<{path}>", StringComparison.Ordinal);
}
