using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>What <c>pcs resource update --agent-validation</c> lets through and what not.</summary>
public abstract partial class ParameterChangeTests
{
    [Theory(Timeout = Limit)]
    [Trait(TestLength.Name, TestLength.Long)]
    [InlineData("nb_master_port=abc", "nb_master_port: 'abc' is not a TCP port")]
    [InlineData("nb_master_port=99999", "nb_master_port: '99999' is not a TCP port")]
    [InlineData("nb_master_protocol=tls", "nb_master_protocol: 'tls' is not a protocol")]
    [InlineData("sb_master_port=6641", "sb_master_port: port 6641 is also nb_master_port")]
    [InlineData("master_ip=foo", "master_ip: 'foo' is not an IP address")]
    [InlineData("master_ip=10.0.0.999", "master_ip: '10.0.0.999' is not an IP address")]
    public async Task A_wrong_value_is_refused_before_it_is_set(string parameter, string reason)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, _, _) = await fixture.LookAsync(cancellation);
        var configuration = await ConfigurationAsync(cancellation);

        var result = await ValidatedAsync(parameter, cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", result.Output, StringComparison.Ordinal);
        Assert.Equal(configuration, await ConfigurationAsync(cancellation));
        AssertSameServers(before, await fixture.HoldAsync($"{parameter} was refused"));
    }

    [Fact(Timeout = Limit)]
    [Trait(TestLength.Name, TestLength.Long)]
    public async Task A_right_value_is_set_without_a_word()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);

        foreach (var (parameter, milliseconds) in new[] { ("inactive_probe_interval=7000", 7000), ("inactive_probe_interval=", 5000) })
        {
            var result = await ValidatedAsync(parameter, cancellation);
            Assert.Equal((0, ""), (result.ExitCode, result.Output.Trim()));
            await fixture.Cluster.WaitForIdleAsync(LostAction, cancellation);
            await ProbesAsync(active, milliseconds, cancellation);
        }

        AssertSameServers(before, await fixture.HoldAsync("the interval is the former one again"));
    }

    private Task<ExecResult> ValidatedAsync(string parameter, CancellationToken cancellationToken) =>
        fixture
            .Cluster.Nodes[0]
            .ExecAsync(
                ["pcs", "resource", "update", fixture.Shape.Resource, parameter, "--agent-validation"],
                cancellationToken: cancellationToken
            );

    private async Task<string> ConfigurationAsync(CancellationToken cancellationToken) =>
        (
            await fixture
                .Cluster.Nodes[0]
                .ExecCheckedAsync(["cibadmin", "--query", "--scope=configuration"], cancellationToken: cancellationToken)
        ).Stdout;
}
