using System.CommandLine;

namespace OvndbOcf.Ctl.Commands;

/// <summary>The command line as a whole.</summary>
internal static class CtlCommand
{
    private const string Description = """
        See, understand and move OVN's active/backup databases under Pacemaker.

        Run it on any node of the cluster, as root. Without a command it lists.

        Examples:
          ovndbctl                         who is active, and what each node has
          ovndbctl list --watch            the same, again and again
          ovndbctl why                     why nobody is active
          ovndbctl why node2               whether node2 can be promoted
          ovndbctl history                 the latest promotions, and why they were
          ovndbctl switchover --to node2   move the active databases
          ovndbctl failover --dry-run      what a lost node would cost
          ovndbctl backup DIRECTORY        both databases, while they are in use
          ovndbctl metrics                 what Prometheus scrapes
          ovndbctl snapshots list          copies that were set aside on this node

        Exit status of list and why: 0 all is well, 1 something wants attention,
        2 clients are not served, 3 not known, 64 wrong command line.
        """;

    /// <summary>A command that was told to stop says what it leaves behind, which takes some calls of the cluster's tools.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line; returns the exit status.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(Description);
        foreach (var command in Subcommands.Create())
        {
            root.Add(command);
        }

        var parsed = root.Parse(WithCommand(arguments));
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync($"ovndbctl: {problem.Message}").ConfigureAwait(false);
            }

            await error
                .WriteLineAsync("'ovndbctl --help' lists the commands, 'ovndbctl COMMAND --help' their options.")
                .ConfigureAwait(false);
            return ExitStatus.Usage;
        }

        if (parsed.CommandResult.Command == root)
        {
            // In the list of commands the first line says enough; the command's own help has the rest.
            foreach (var command in root.Subcommands)
            {
                command.Description = command.Description?.Split('\n', 2)[0];
            }
        }

        using var hangUp = new HangUp();
        try
        {
            return await parsed
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = output,
                        Error = error,
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = EndTimeout,
                    }
                )
                .ConfigureAwait(false);
        }
        catch (CtlException exception)
        {
            await error.WriteLineAsync($"ovndbctl: {exception.Message}").ConfigureAwait(false);
            return exception.Status;
        }
        catch (IOException) when (hangUp.HasCome)
        {
            // There is no terminal any more to say it on.
            return ExitStatus.Interrupted;
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Interrupted;
        }
    }

    // Options alone are those of the command that is meant where none is named.
    private static string[] WithCommand(string[] arguments) =>
        arguments is [] || (arguments is [['-', ..] first, ..] && first is not ("-h" or "-?" or "--help" or "--version"))
            ? [Subcommands.Default, .. arguments]
            : arguments;
}
