using System.CommandLine;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Simulation;

namespace OvndbOcf.Lab;

/// <summary>What all commands do in the same way when they fail, or are told to stop.</summary>
internal static class CommandAction
{
    private const int StoppedStatus = 130;

    /// <summary>
    /// Lets the command run <paramref name="action"/>, whose result is the exit status. A failure that a person can do something about ends
    /// it with a message and <paramref name="failed"/>; Ctrl-C and SIGTERM cancel it, and end it with the text <paramref name="stopped"/> and 130.
    /// </summary>
    public static void Runs(
        this Command command,
        Func<ParseResult, CancellationToken, Task<int>> action,
        int failed = 1,
        string stopped = "stopped"
    ) =>
        command.SetAction(
            async (arguments, cancellation) =>
            {
                try
                {
                    return await action(arguments, cancellation);
                }
                catch (Exception failure) when (cancellation.IsCancellationRequested || failure is OperationCanceledException)
                {
                    // The clusters are removed at once, so whatever was just being asked of them may fail in its own way.
                    await arguments.InvocationConfiguration.Error.WriteLineAsync(stopped);
                    return StoppedStatus;
                }
                catch (Exception failure)
                    when (failure
                            is InvalidOperationException
                                or TimeoutException
                                or ExecException
                                or OvsdbCallException
                                or FormatException
                                or IOException
                    )
                {
                    await arguments.InvocationConfiguration.Error.WriteLineAsync($"error: {failure.Message}");
                    return failed;
                }
            }
        );
}
