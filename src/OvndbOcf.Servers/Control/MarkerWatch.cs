using System.Globalization;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Notices that the markers in active databases are not what they were, such as after a restored backup or a cleared <c>external_ids</c>. Nothing in a database changes without a change of its file,
/// so while nobody writes, the servers are not asked.
/// </summary>
internal static class MarkerWatch
{
    private const char Separator = '|';

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(2);

    /// <summary>What the files and the markers are now, in one line; null if the markers cannot be read.</summary>
    public static string? Take(AgentParameters parameters, Deadline deadline)
    {
        // The files first: what is written in between is looked at the next time.
        var (northbound, southbound) = (
            DatabaseFile.Find(parameters, parameters.Northbound),
            DatabaseFile.Find(parameters, parameters.Southbound)
        );
        var files = $"{northbound}{Separator}{StampOf(northbound)}{Separator}{southbound}{Separator}{StampOf(southbound)}";
        return ReadMarkers(parameters, deadline) is { } markers ? $"{files}{Separator}{markers}" : null;
    }

    /// <summary>Whether the markers are still those of such a line.</summary>
    public static bool AreStill(string taken, AgentParameters parameters, Deadline deadline) =>
        taken.Split(Separator) is [var northbound, var northboundStamp, var southbound, var southboundStamp, var first, var second]
        && (
            (StampOf(northbound) == northboundStamp && StampOf(southbound) == southboundStamp)
            || ReadMarkers(parameters, Deadline.After(ReadTimeout).Earlier(deadline)) == $"{first}{Separator}{second}"
        );

    private static string? ReadMarkers(AgentParameters parameters, Deadline deadline) =>
        ReadMarker(parameters, parameters.Northbound, deadline) is { } northbound
        && ReadMarker(parameters, parameters.Southbound, deadline) is { } southbound
            ? $"{northbound}{Separator}{southbound}"
            : null;

    private static string? ReadMarker(AgentParameters parameters, DatabaseParameters database, Deadline deadline)
    {
        var (isReadable, marker) = new CopyAccess(parameters, database).AskMarker(deadline);
        return isReadable ? marker?.ToString() ?? "-" : null;
    }

    private static string StampOf(string path) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{DatabaseFile.Length(path)} {DatabaseFile.LastChange(path)?.ToUnixTimeMilliseconds()}"
        );
}
