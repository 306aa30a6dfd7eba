using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What a permission leaves behind where nobody is promoted: its tools are scripts that write down what they were told.</summary>
public sealed class FailoverRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ovndbctl-failover").FullName;

    private string Calls => Path.Combine(_directory, "calls");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task After_the_time_is_over_the_permission_is_withdrawn()
    {
        Tools(left: "exit 105");
        var (status, text) = await RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitStatus.NotDone, status);
        Assert.StartsWith("node2 was not active in time.\n", text, StringComparison.Ordinal);
        Assert.EndsWith("The permission is withdrawn.\n", text, StringComparison.Ordinal);
        Assert.Equal(
            [
                "--name allow-outdated-ovndb --update 4 --node node2",
                "--name allow-outdated-ovndb --delete --node node2",
                "--name allow-outdated-ovndb --query --all",
            ],
            await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task After_an_interruption_the_permission_is_withdrawn()
    {
        Tools(left: "exit 105");
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var (status, text) = await RunAsync(interruption.Token);
        Assert.Equal(ExitStatus.Interrupted, status);
        Assert.StartsWith("Interrupted: ", text, StringComparison.Ordinal);
        Assert.EndsWith("The permission is withdrawn.\n", text, StringComparison.Ordinal);
        Assert.Contains(" --delete ", await File.ReadAllTextAsync(Calls, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_that_stays_is_told()
    {
        Tools(left: "echo 'name=\"allow-outdated-ovndb\" host=\"node2\" value=\"4\"'");
        var (status, text) = await RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitStatus.NotDone, status);
        Assert.Contains("The permission may still be there", text, StringComparison.Ordinal);
        Assert.EndsWith(" -D -N node2\n", text, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Text)> RunAsync(CancellationToken cancellation)
    {
        var sample = CtlSamples.View(CtlSamples.Healthy);
        var view = sample with
        {
            Active = null,
            Nodes =
            [
                sample.Nodes[0] with
                {
                    Condition = NodeCondition.Offline,
                    Role = InstanceRole.Unknown,
                },
                sample.Nodes[1] with
                {
                    IsPromotable = false,
                    Copy = nameof(CopyState.Outdated),
                },
            ],
        };
        var output = new StringWriter();
        var settings = new CtlSettings { Tools = _directory, CibFile = Path.Combine(_directory, "cib.xml") };
        var resource = new CibResource("ovndb", "ovndb-clone", new Dictionary<string, string>());
        var status = await new Failover(settings, output, cancellation).RunAsync(
            FailoverPlan.Decide(view, null),
            view,
            LocalNode.ParametersOf(resource),
            TimeSpan.FromSeconds(1)
        );
        return (status, output.ToString());
    }

    private void Tools(string left)
    {
        var path = Path.Combine(_directory, "attrd_updater");
        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            echo "$@" >> {Calls}
            case " $* " in
            *" --query "*) {left} ;;
            esac

            """
        );
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
