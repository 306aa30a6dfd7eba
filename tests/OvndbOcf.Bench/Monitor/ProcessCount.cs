using System.Text.RegularExpressions;

namespace OvndbOcf.Bench.Monitor;

/// <summary>How many processes a call made, its own not counted, and how many programs they ran, its own counted.</summary>
/// <param name="Children">Forks of all kinds. Threads are none.</param>
/// <param name="Programs">Successful execs.</param>
internal sealed partial record ProcessCount(int Children, int Programs)
{
    /// <summary>Counts in the output of strace(1).</summary>
    public static ProcessCount Parse(string trace)
    {
        var lines = trace.Split('\n');
        return new ProcessCount(
            lines.Count(line => Fork().IsMatch(line) && !line.Contains("CLONE_THREAD", StringComparison.Ordinal)),
            lines.Count(line => Exec().IsMatch(line))
        );
    }

    // A call that another one interrupts has two lines, of which only the first has the parenthesis, and only the second the result.
    [GeneratedRegex(@"\b(clone3?|v?fork)\(")]
    private static partial Regex Fork();

    [GeneratedRegex(@"\bexecve(\(| resumed).*= 0$")]
    private static partial Regex Exec();
}
