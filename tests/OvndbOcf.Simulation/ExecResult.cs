namespace OvndbOcf.Simulation;

/// <summary>What a command in a container left.</summary>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Stdout">Its standard output, complete.</param>
/// <param name="Stderr">Its standard error, complete.</param>
public sealed record ExecResult(int ExitCode, string Stdout, string Stderr)
{
    /// <summary>Both outputs one after the other, for messages.</summary>
    public string Output => string.Join('\n', new[] { Stdout.TrimEnd(), Stderr.TrimEnd() }.Where(text => text.Length > 0));
}

/// <summary>A command in a container ended with another exit code than 0 where only 0 would do.</summary>
public sealed class ExecException : Exception
{
    internal ExecException(string machine, IReadOnlyList<string> arguments, ExecResult result)
        : base($"{machine}: '{string.Join(' ', arguments)}' ended with {result.ExitCode}:\n{result.Output}") => Result = result;

    /// <summary>What the command left.</summary>
    public ExecResult Result { get; }
}
