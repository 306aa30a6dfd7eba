using System.Globalization;

namespace OvndbOcf.Bench.Monitor;

/// <summary>What one call of the monitor action took.</summary>
/// <param name="ExitCode">The agent's exit code; negative if a signal ended it.</param>
/// <param name="WallMilliseconds">From its start to its end.</param>
/// <param name="CpuMilliseconds">Its CPU time, with all its children.</param>
internal sealed record MonitorCall(int ExitCode, double WallMilliseconds, double CpuMilliseconds)
{
    /// <summary>Reads what <see cref="MonitorScript.Calls"/> printed.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyList<MonitorCall> Parse(string text) =>
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                    line.Split(' ') is [var code, var wall, var cpu]
                        ? new MonitorCall(int.Parse(code, CultureInfo.InvariantCulture), Milliseconds(wall), Milliseconds(cpu))
                        : throw new FormatException($"no call: '{line}'")
                ),
        ];

    private static double Milliseconds(string microseconds) => long.Parse(microseconds, CultureInfo.InvariantCulture) / 1000.0;
}
