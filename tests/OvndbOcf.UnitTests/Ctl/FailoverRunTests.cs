using System.Diagnostics;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What a permission leaves behind where nobody is promoted: its tools are scripts that write down what they were told.</summary>
public sealed class FailoverRunTests
{
    [Fact]
    public async Task After_the_time_is_over_the_permission_is_withdrawn()
    {
        using var cluster = new FakeCluster();
        var (status, text) = await RunAsync(cluster, TestContext.Current.CancellationToken);
        Assert.Equal(ExitStatus.NotDone, status);
        Assert.StartsWith("node2 was not active in time.\n", text, StringComparison.Ordinal);
        Assert.EndsWith("The permission is withdrawn.\n", text, StringComparison.Ordinal);
        Assert.Equal(
            [
                "--name allow-outdated-ovndb --update 4 --node node2",
                "--name allow-outdated-ovndb --delete --node node2",
                "--name allow-outdated-ovndb --query --all",
            ],
            await File.ReadAllLinesAsync(cluster.Calls, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task After_an_interruption_the_permission_is_withdrawn()
    {
        using var cluster = new FakeCluster();
        using var interruption = new CancellationTokenSource();
        var running = RunAsync(cluster, interruption.Token);
        while (!File.Exists(cluster.Calls) && !running.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await interruption.CancelAsync();
        var (status, text) = await running;
        Assert.Equal(ExitStatus.Interrupted, status);
        Assert.StartsWith("Interrupted: ", text, StringComparison.Ordinal);
        Assert.EndsWith("The permission is withdrawn.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            " --delete ",
            await File.ReadAllTextAsync(cluster.Calls, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_permission_that_stays_is_told()
    {
        using var cluster = new FakeCluster(left: "echo 'name=\"allow-outdated-ovndb\" host=\"node2\" value=\"4\"'");
        var (status, text) = await RunAsync(cluster, TestContext.Current.CancellationToken);
        Assert.Equal(ExitStatus.NotDone, status);
        Assert.Contains("The permission may still be there", text, StringComparison.Ordinal);
        Assert.EndsWith(" -D -N node2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_allowed_once_the_lost_node_has_joined()
    {
        using var cluster = new FakeCluster();
        var settings = Settings(cluster);
        var plan = FailoverPlan.Decide(await CommonView.ReadAsync(settings), null);
        Assert.Null(plan.Refusal);
        cluster.Join();
        var output = new StringWriter();
        var status = await new Failover(settings, output, TestContext.Current.CancellationToken).RunAsync(plan, TimeSpan.FromSeconds(1));
        Assert.Equal(ExitStatus.Refused, status);
        Assert.StartsWith("The cluster has changed meanwhile.\nRefused: node1 ", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(cluster.Calls));
    }

    [Fact]
    public async Task A_closed_terminal_withdraws_the_permission_too()
    {
        using var cluster = new FakeCluster();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "ovndbctl.dll"),
                "failover",
                "--accept-loss",
                "--yes",
                "--timeout",
                "60",
            },
            Environment =
            {
                ["OVNDBCTL_CONFIG"] = "/nowhere",
                ["OVNDBCTL_TOOLS"] = cluster.Tools,
                ["OVNDBCTL_CIB"] = Path.Combine(cluster.Tools, "cib"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!File.Exists(cluster.Calls) && !process.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        using var kill = Process.Start("kill", ["-HUP", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("The permission is withdrawn.\n", await said, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Interrupted, process.ExitCode);
        Assert.Contains(
            " --delete ",
            await File.ReadAllTextAsync(cluster.Calls, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private static CtlSettings Settings(FakeCluster cluster) =>
        new() { Tools = cluster.Tools, CibFile = Path.Combine(cluster.Tools, "cib") };

    private static async Task<(int Status, string Text)> RunAsync(FakeCluster cluster, CancellationToken cancellation)
    {
        var settings = Settings(cluster);
        var output = new StringWriter();
        var plan = FailoverPlan.Decide(await CommonView.ReadAsync(settings), null);
        var status = await new Failover(settings, output, cancellation).RunAsync(plan, TimeSpan.FromSeconds(1));
        return (status, output.ToString());
    }
}
