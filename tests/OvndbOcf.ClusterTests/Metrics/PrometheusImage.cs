using CliWrap;
using CliWrap.Buffered;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Metrics;

/// <summary>Debian's Prometheus and promtool, in the image that <c>container/setup/build-prometheus-image</c> leaves.</summary>
internal static class PrometheusImage
{
    /// <summary>Its name.</summary>
    public const string Name = "localhost/ovndb-ocf/prometheus:bookworm";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The folder of the alert rules and the dashboard.</summary>
    public static string Folder => Path.Combine(AgentPackage.Root, "docs", "prometheus");

    /// <summary>Runs promtool, without any network, in a folder of this machine.</summary>
    public static Task<ExecResult> PromtoolAsync(string folder, string input, params string[] arguments) =>
        DockerAsync(
            [
                "run",
                "--rm",
                "--interactive",
                "--network",
                "none",
                "--volume",
                $"{folder}:/rules:ro",
                "--workdir",
                "/rules",
                Name,
                "promtool",
                .. arguments,
            ],
            input
        );

    /// <summary>Runs docker.</summary>
    public static async Task<ExecResult> DockerAsync(string[] arguments, string input = "")
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Limit);
        var result = await Cli.Wrap("docker")
            .WithArguments(arguments)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(deadline.Token);
        return new ExecResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
