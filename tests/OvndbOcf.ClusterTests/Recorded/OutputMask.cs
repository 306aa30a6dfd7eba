using System.Globalization;
using System.Text.RegularExpressions;

namespace OvndbOcf.ClusterTests.Recorded;

/// <summary>
/// Puts fixed values in the place of those that differ from cluster to cluster: times, ages, UUIDs, the network, lengths of files. Pure. Widths stay, so that tables do; what is left tells the same cluster's story on any day.
/// </summary>
internal static partial class OutputMask
{
    private const string Compact = "yyyyMMdd'T'HHmmss";
    private static readonly DateTimeOffset Latest = new(2026, 11, 27, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    // A promotion ends and the next one begins within the same moment, in one second or in two.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(6);

    /// <summary>The text with fixed values.</summary>
    public static string Of(string text)
    {
        var uuids = new List<string>();
        text = SinceMember().Replace(text, "${name}\"since\"");
        text = Times(Now().Replace(text, "${name}\"now\""));
        text = text.Replace(": \"since\"", $": \"{Latest:yyyy-MM-dd'T'HH:mm:sszzz}\"", StringComparison.Ordinal);
        text = Connected().Replace(text, "connected for 5 min");
        text = text.Replace("\"time\": \"now\"", $"\"time\": \"{Latest + (Step / 2):yyyy-MM-dd'T'HH:mm:sszzz}\"", StringComparison.Ordinal);
        text = Uuid().Replace(text, match => NumberedUuid(uuids, match.Value));
        text = Network().Replace(text, "10.110.120.");
        text = Age().Replace(text, "(5 min)");
        text = PauseWords().Replace(text, "(1 s before)");
        text = PauseMember().Replace(text, "${name}1");
        text = Bytes().Replace(text, "${name}18432");
        text = Hash().Replace(text, new string('0', 64));
        text = Outage().Replace(text, "${name}1.25 s");
        text = Size().Replace(text, match => "18.0 KiB".PadLeft(match.Length));
        return Measured().Replace(text, "${name}1");
    }

    // The order of times and the moments that they share are kept: the latest moment is the same in all texts, and those before it are ten minutes apart.
    private static string Times(string text)
    {
        var moments = new List<DateTimeOffset>();
        foreach (var time in Time().Matches(text).Select(Parse).Order())
        {
            if (moments.Count == 0 || time - moments[^1] > Moment)
            {
                moments.Add(time);
            }
        }

        return Time()
            .Replace(
                text,
                match =>
                {
                    var time = Parse(match);
                    var fixedTime = Latest - (Step * moments.Count(moment => moment > time));
                    return match.Groups["compact"].Success
                        ? fixedTime.ToString(Compact, CultureInfo.InvariantCulture) + "000Z"
                        : fixedTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                            + match.Groups["between"].Value
                            + fixedTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
                            + match.Groups["zone"].Value;
                }
            );
    }

    private static DateTimeOffset Parse(Match match) =>
        match.Groups["compact"].Success
            ? DateTimeOffset.ParseExact(match.Value[..15], Compact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string NumberedUuid(List<string> known, string uuid)
    {
        if (!known.Contains(uuid))
        {
            known.Add(uuid);
        }

        return string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{known.IndexOf(uuid) + 1:d12}");
    }

    // When a result was made: how long that is after what it tells of is chance.
    [GeneratedRegex("(?<name>^  \"time\": )\"[^\"]*\"", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Now();

    [GeneratedRegex(
        @"(?<compact>\b\d{8}T\d{9}Z)|\b\d{4}-\d\d-\d\d(?<between>[T ])\d\d:\d\d:\d\d(\.\d+)?(?<zone>Z|[+-]\d\d:\d\d)?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Time();

    // When a monitor saw a connection first is chance, too.
    [GeneratedRegex("(?<name>\"connectedSince\": )\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex SinceMember();

    [GeneratedRegex(@"connected for \d+ (s|min|h|days)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Connected();

    [GeneratedRegex(@"\(\d+ s before\)", RegexOptions.CultureInvariant)]
    private static partial Regex PauseWords();

    [GeneratedRegex("(?<name>\"pauseSeconds\": )[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex PauseMember();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b10\.1\d\d\.[12]\d\d\.", RegexOptions.CultureInvariant)]
    private static partial Regex Network();

    [GeneratedRegex(@"\(\d+ (s|min|h|days)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    [GeneratedRegex("(?<name>\"(fileBytes|bytes)\": )\\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Bytes();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();

    [GeneratedRegex(@"(?<name>could not write for )\d+\.\d\d s", RegexOptions.CultureInvariant)]
    private static partial Regex Outage();

    [GeneratedRegex(@" *\b\d+\.\d [KM]iB", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    // Of metrics what is measured: it differs each time.
    [GeneratedRegex(
        @"(?<name>^ovndb_\w+_(bytes|seconds)(\{[^}]*\})? )[0-9.e+]+$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Measured();
}
