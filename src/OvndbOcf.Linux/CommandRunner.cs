using System.ComponentModel;
using CliWrap;
using CliWrap.Exceptions;

namespace OvndbOcf.Linux;

/// <summary>Runs a command with an argument list, a time limit and bounded output. Never throws for what the command does.</summary>
public static class CommandRunner
{
    /// <summary>How many bytes of each output stream are kept where nothing else is said.</summary>
    public const int OutputMaxBytes = 64 * 1024;

    // A daemon that the command started may hold its output open for as long as it lives. What the command itself wrote is in the pipe
    // when it exits, so reading stops shortly after the exit, not at the end of the stream.
    private static readonly TimeSpan AfterExit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ExitPoll = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs it and waits for its exit, at most <paramref name="timeout"/>; then it is killed with SIGKILL.</summary>
    /// <param name="file">The executable, with its path or found by PATH.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="variables">Environment variables to add to this process's own.</param>
    /// <param name="outputMaxBytes">How many bytes of each output stream are kept.</param>
    public static async Task<CommandResult> RunAsync(
        string file,
        IReadOnlyList<string> arguments,
        TimeSpan timeout,
        IReadOnlyDictionary<string, string?>? variables = null,
        int outputMaxBytes = OutputMaxBytes
    )
    {
        var command = string.Join(' ', [Path.GetFileName(file), .. arguments]);
        using var output = new BoundedPipe(outputMaxBytes);
        using var error = new BoundedPipe(outputMaxBytes);
        using var timedOut = new CancellationTokenSource(timeout);
        try
        {
            var running = Cli.Wrap(file)
                .WithArguments(arguments)
                .WithEnvironmentVariables(variables ?? new Dictionary<string, string?>())
                .WithStandardOutputPipe(output.Target)
                .WithStandardErrorPipe(error.Target)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(timedOut.Token);
            await StopReadingAfterExitAsync(running, output, error).ConfigureAwait(false);
            var result = await running.Task.ConfigureAwait(false);
            return new CommandResult(command, CommandEnd.Exited, result.ExitCode, output.Text, error.Text);
        }
        catch (OperationCanceledException)
        {
            return new CommandResult(command, CommandEnd.TimedOut, -1, output.Text, error.Text);
        }
        catch (Exception exception) when (exception is Win32Exception or CliWrapException or InvalidOperationException or IOException)
        {
            return new CommandResult(command, CommandEnd.NotStarted, -1, string.Empty, (exception.InnerException ?? exception).Message);
        }
    }

    private static async Task StopReadingAfterExitAsync(CommandTask<CliWrap.CommandResult> running, BoundedPipe output, BoundedPipe error)
    {
        while (!running.Task.IsCompleted && ProcessTable.Find(running.ProcessId) is not null)
        {
            await Task.WhenAny(running.Task, Task.Delay(ExitPoll)).ConfigureAwait(false);
        }

        await Task.WhenAny(running.Task, Task.Delay(AfterExit)).ConfigureAwait(false);
        output.StopReading();
        error.StopReading();
    }
}
