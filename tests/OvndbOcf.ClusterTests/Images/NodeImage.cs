using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>
/// A container of the node image in which no cluster runs, without any network. It ends and removes itself after some minutes, also if the tests
/// were killed.
/// </summary>
/// <param name="image">The image's name.</param>
public abstract class NodeImage(string image) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private string container = "";

    /// <summary>The agent as it is installed.</summary>
    public static string Agent => "/usr/lib/ocf/resource.d/ovn/ovndb-servers";

    public async ValueTask InitializeAsync()
    {
        var started = await DockerAsync(
            Limit,
            ["run", "--detach", "--rm", "--init", "--network", "none", "--entrypoint", "sleep", image, "600"]
        );
        Assert.True(started.ExitCode == 0, started.Output);
        container = started.Stdout.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (container.Length > 0)
        {
            await DockerAsync(Limit, ["kill", container]);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a command in the container and returns what it left, whatever its exit code.</summary>
    public Task<ExecResult> RunAsync(params string[] command) => DockerAsync(Limit, ["exec", container, .. command]);

    /// <summary>Runs a command that reads its standard input.</summary>
    public Task<ExecResult> RunWithInputAsync(string input, params string[] command) =>
        DockerAsync(Limit, ["exec", "--interactive", container, .. command], input);

    /// <summary>Runs a command that takes longer, and is killed after the limit.</summary>
    public Task<ExecResult> RunAsync(TimeSpan limit, params string[] command) =>
        DockerAsync(limit, ["exec", container, "timeout", limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), .. command]);

    /// <summary>Runs a command that has to succeed, and returns its standard output.</summary>
    public async Task<string> RunCheckedAsync(params string[] command)
    {
        var result = await RunAsync(command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)} ended with {result.ExitCode}:\n{result.Output}");
        return result.Stdout;
    }

    /// <summary>Copies a file of this machine into the container.</summary>
    public async Task CopyInAsync(string source, string destination)
    {
        var copied = await DockerAsync(Limit, ["cp", source, $"{container}:{destination}"]);
        Assert.True(copied.ExitCode == 0, copied.Output);
    }

    private static async Task<ExecResult> DockerAsync(TimeSpan limit, string[] arguments, string input = "")
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        var command = Cli.Wrap("docker")
            .WithArguments(arguments)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None);
        var result = await command.ExecuteBufferedAsync(deadline.Token);
        return new ExecResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}

public sealed class BookwormImage() : NodeImage(DebianRelease.Bookworm.NodeImage());

public sealed class TrixieImage() : NodeImage(DebianRelease.Trixie.NodeImage());
