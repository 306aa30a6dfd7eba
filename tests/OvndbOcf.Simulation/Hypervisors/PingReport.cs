using System.Globalization;
using System.Text.RegularExpressions;

namespace OvndbOcf.Simulation.Hypervisors;

/// <summary>What ping(8) printed.</summary>
/// <param name="Ended">Whether it has ended.</param>
/// <param name="Sent">The number of requests, without the last one: its answer may still be on the way. While it runs, those up to the last answer.</param>
/// <param name="Lost">The numbers of those that had no answer, counted from 1.</param>
public sealed partial record PingReport(bool Ended, int Sent, IReadOnlyList<int> Lost)
{
    /// <summary>Reads the output of a ping, whether it has ended or not.</summary>
    public static PingReport Parse(string output)
    {
        var answered = Answer().Matches(output).Select(Number).ToHashSet();
        var summary = Summary().Match(output);
        var sent = summary.Success ? Number(summary) - 1 : answered.DefaultIfEmpty().Max();
        return new PingReport(
            summary.Success,
            sent,
            [.. Enumerable.Range(1, Math.Max(0, sent)).Where(number => !answered.Contains(number))]
        );
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+ bytes from .* icmp_seq=(\d+) ttl=", RegexOptions.Multiline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^(\d+) packets transmitted,", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
