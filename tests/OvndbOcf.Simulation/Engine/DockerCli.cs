using System.Text;
using CliWrap;

namespace OvndbOcf.Simulation.Engine;

/// <summary>Runs the <c>docker</c> command: argument lists only, each call with a time limit.</summary>
internal static class DockerCli
{
    /// <summary>Runs docker and returns what it left, whatever its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it was killed.</exception>
    /// <exception cref="InvalidOperationException">There is no docker command.</exception>
    public static async Task<ExecResult> RunAsync(
        IReadOnlyList<string> arguments,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        string? standardInput = null
    )
    {
        var stdout = new StringBuilder();
        var stderr = new StringBuilder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            var command = Cli.Wrap("docker")
                .WithArguments(arguments)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(stdout))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(stderr));
            if (standardInput is not null)
            {
                command = command.WithStandardInputPipe(PipeSource.FromString(standardInput));
            }

            var result = await command.ExecuteAsync(deadline.Token).ConfigureAwait(false);
            return new ExecResult(result.ExitCode, stdout.ToString(), stderr.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"'docker {string.Join(' ', arguments)}' did not end within {timeout.TotalSeconds:0.#} s; so far:\n{stdout}{stderr}"
            );
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new InvalidOperationException("no docker command on the PATH: run container/setup/ensure-docker", failure);
        }
    }

    /// <summary>Runs docker and returns its standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    /// <exception cref="TimeoutException">It did not end in time; it was killed.</exception>
    public static async Task<string> RunCheckedAsync(IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = await RunAsync(arguments, timeout, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Stdout
            : throw new InvalidOperationException($"'docker {string.Join(' ', arguments)}' ended with {result.ExitCode}:\n{result.Output}");
    }

    /// <summary>Runs docker and returns the non-empty lines of its standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    /// <exception cref="TimeoutException">It did not end in time; it was killed.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(
        IReadOnlyList<string> arguments,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var output = await RunCheckedAsync(arguments, timeout, cancellationToken).ConfigureAwait(false);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
