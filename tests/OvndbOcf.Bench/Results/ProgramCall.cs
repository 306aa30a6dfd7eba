using System.Globalization;

namespace OvndbOcf.Bench.Results;

/// <summary>What one call of a program took.</summary>
/// <param name="ExitCode">Its exit code; negative if a signal ended it.</param>
/// <param name="WallMilliseconds">From its start to its end.</param>
/// <param name="CpuMilliseconds">Its CPU time, with all its children.</param>
internal sealed record ProgramCall(int ExitCode, double WallMilliseconds, double CpuMilliseconds)
{
    /// <summary>Reads what the scripts that call programs print: a line a call, with its exit code, and wall-clock and CPU time in microseconds.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyList<ProgramCall> Parse(string text) =>
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                    line.Split(' ') is [var code, var wall, var cpu]
                        ? new ProgramCall(int.Parse(code, CultureInfo.InvariantCulture), Milliseconds(wall), Milliseconds(cpu))
                        : throw new FormatException($"no call: '{line}'")
                ),
        ];

    private static double Milliseconds(string microseconds) => long.Parse(microseconds, CultureInfo.InvariantCulture) / 1000.0;
}
