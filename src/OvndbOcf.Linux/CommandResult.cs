namespace OvndbOcf.Linux;

/// <summary>How running a command ended.</summary>
public enum CommandEnd
{
    /// <summary>It exited by itself.</summary>
    Exited,

    /// <summary>It ran out of time and was killed.</summary>
    TimedOut,

    /// <summary>It could not be started.</summary>
    NotStarted,
}

/// <summary>What came of running a command.</summary>
/// <param name="Command">The command and its arguments, for messages.</param>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit status where it exited, -1 otherwise.</param>
/// <param name="Output">What it wrote to stdout, at most <see cref="CommandRunner.OutputMaxBytes"/> bytes.</param>
/// <param name="Error">What it wrote to stderr, at most as much; for <see cref="CommandEnd.NotStarted"/> the reason.</param>
public sealed record CommandResult(string Command, CommandEnd End, int ExitCode, string Output, string Error)
{
    /// <summary>Whether it exited with status 0.</summary>
    public bool Succeeded => End == CommandEnd.Exited && ExitCode == 0;

    /// <summary>
    /// Why it failed, in one line for a reason that has to be short: the first line that speaks of an error, or else the first that it wrote to stderr, or else how it ended.
    /// </summary>
    public string Essence
    {
        get
        {
            const StringSplitOptions Lines = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            var lines = Error.Split('\n', Lines);
            return Array.Find(lines, line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
                ?? (
                    lines is [var first, ..] ? first
                    : End == CommandEnd.Exited ? $"{Name} exited with {ExitCode}"
                    : $"{Name} did not finish in time"
                );
        }
    }

    private string Name => Command.Split(' ', 2)[0];

    /// <summary>One sentence for a message: what was run, how it ended, what it said.</summary>
    public override string ToString()
    {
        var end = End switch
        {
            CommandEnd.Exited => $"exited with {ExitCode}",
            CommandEnd.TimedOut => "did not finish in time",
            _ => "could not be started",
        };
        var said = (Error.Trim() + " " + Output.Trim()).Trim();
        return said.Length == 0 ? $"{Command} {end}" : $"{Command} {end}: {said}";
    }
}
