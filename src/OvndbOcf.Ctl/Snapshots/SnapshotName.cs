using System.Globalization;
using System.Text.RegularExpressions;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>Reads what the name of a file tells that was set aside: <c>ovnnb_db.db.aside-NODE-pN-TIME</c>. Pure.</summary>
internal static partial class SnapshotName
{
    /// <summary>The file with what its name tells.</summary>
    public static SnapshotView Read(string path, string database, long bytes)
    {
        var match = Form().Match(path);
        return new SnapshotView(
            path,
            database,
            match.Success ? match.Groups["node"].Value : null,
            match.Success && long.TryParse(match.Groups["promotion"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            DateTimeOffset.TryParseExact(
                match.Groups["time"].Value,
                "yyyyMMdd'T'HHmmssfff'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time
                : null,
            bytes
        );
    }

    [GeneratedRegex(@"\.aside-(?<node>[^/]+)-p(?<promotion>[0-9]+)-(?<time>[0-9TZ]+|unknown)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
