using System.Globalization;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Servers under a Pacemaker that may have few files open, as its unit file leaves it; and what the system's log is told.</summary>
public sealed class OpenFilesTests(FewOpenFiles fixture) : IClassFixture<FewOpenFiles>
{
    private const int Limit = 240_000;

    [Fact(Timeout = Limit)]
    public async Task Both_servers_may_have_more_files_open_than_Pacemaker()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var node in fixture.Cluster.Nodes)
        {
            Assert.Equal(FewOpenFiles.OfPacemaker, await OpenFilesAsync(node, await node.FindExecutorAsync(cancellation), cancellation));
            Assert.Equal(
                FewOpenFiles.Wanted,
                await OpenFilesAsync(node, await node.ReadPidAsync("/run/ovn/ovnnb_db.pid", cancellation), cancellation)
            );
            Assert.InRange(
                await OpenFilesAsync(node, await node.ReadPidAsync("/run/ovn/ovnsb_db.pid", cancellation), cancellation),
                FewOpenFiles.Wanted,
                int.MaxValue
            );
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_has_used_up_its_descriptors_gets_more_and_the_system_log_a_warning()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        var pid = before[active.Name].Northbound.Pid.ToString(CultureInfo.InvariantCulture);
        await active.ExecCheckedAsync(
            ["sh", "-c", "rm -f /tmp/syslog; python3 -c \"" + Daemon + "\" >/tmp/syslog 2>&1 </dev/null &"],
            cancellationToken: cancellation
        );

        // What is said before it listens is lost, and said once only.
        await active.ExecCheckedAsync(
            ["timeout", "30", "sh", "-c", "until [ -S /dev/log ]; do sleep 0.1; done"],
            cancellationToken: cancellation
        );

        // Fewer than it has open: it takes neither clients nor control commands any more.
        await active.ExecCheckedAsync(["prlimit", $"--pid={pid}", "--nofile=4:"], cancellationToken: cancellation);

        var waited = await active.ExecAsync(
            [
                "timeout",
                "90",
                "sh",
                "-c",
                $"until [ $(prlimit --pid={pid} --nofile --output=SOFT --noheadings) -ge {FewOpenFiles.Wanted} ]; do sleep 0.5; done",
            ],
            TimeSpan.FromSeconds(100),
            cancellationToken: cancellation
        );
        Assert.Equal(0, waited.ExitCode);
        var after = await fixture.HoldAsync("descriptors were used up");
        Assert.Equal(before[active.Name].Northbound.Process, after[active.Name].Northbound.Process);
        Assert.Empty(after.Status.FailedActions);
        var syslog = await active.ReadFileAsync("/tmp/syslog", cancellation);
        Assert.Contains("<28>", syslog, StringComparison.Ordinal);
        Assert.Contains("ovndb-servers(ovndb)[", syslog, StringComparison.Ordinal);
        Assert.Contains($"process {pid} has used up ", syslog, StringComparison.Ordinal);
    }

    // What a system's log daemon does with what it gets. The nodes have none.
    private const string Daemon =
        "import os, socket; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind('/dev/log'); s.settimeout(120)\nwhile True: print(s.recv(65536).decode(), flush=True)";

    private static async Task<int> OpenFilesAsync(ClusterNode node, int pid, CancellationToken cancellation)
    {
        var result = await node.ExecCheckedAsync(
            ["prlimit", $"--pid={pid}", "--nofile", "--output=SOFT", "--noheadings"],
            cancellationToken: cancellation
        );
        return int.Parse(result.Stdout.Trim(), CultureInfo.InvariantCulture);
    }
}

/// <summary>virtual-ip.sh on two nodes whose Pacemaker may have 1024 files open, and the servers more.</summary>
public sealed class FewOpenFiles() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    public const int OfPacemaker = 1024;
    public const int Wanted = 10_000;

    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Arguments => [$"max_open_files={Wanted}"];

    /// <inheritdoc/>
    protected override async Task BeforeScriptAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Cluster.Nodes)
        {
            await node.ExecCheckedAsync(
                ["prlimit", $"--pid={await node.FindExecutorAsync(cancellationToken)}", $"--nofile={OfPacemaker}:"],
                cancellationToken: cancellationToken
            );
        }
    }
}
