using System.Globalization;
using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// How much the cluster has told this node's attribute daemon and CIB daemon. Corosync hands each of them its messages through a ring in shared memory
/// (libqb, <c>/dev/shm/qb-SERVER-CLIENT-FD-…/qb-event-cpg-header</c>), whose header begins with the positions of writer and reader. Every change of an attribute or of the
/// configuration and every change of membership, on any node, moves them, and queries do not: as long as they stand still, whatever was read from the
/// two daemons still holds. Seen with libqb 2.0 on Pacemaker 2.1.5 and 3.0.0. Where there is no such ring, as in a bundle or on a remote node, nothing is known.
/// </summary>
public static class ClusterActivity
{
    private const string SharedMemory = "/dev/shm";
    private const string Ring = "qb-event-cpg-header";
    private const int Positions = 8;

    private static readonly string[] Daemons = ["pacemaker-attrd", "pacemaker-based"];

    /// <summary>What has been told up to now, a line a daemon; null if that cannot be found out.</summary>
    public static string? Find() => Find(SharedMemory);

    /// <summary>Whether nothing has been told since then.</summary>
    public static bool IsStillAt(string activity)
    {
        foreach (var line in activity.Split('\n'))
        {
            if (
                line.Split(' ', 2) is not [var client, var path]
                || client.Split(':') is not [var id, _, _]
                || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                || Describe(process, path) != line
            )
            {
                return false;
            }
        }

        return true;
    }

    internal static string? Find(string directory)
    {
        var found = new string?[Daemons.Length];
        try
        {
            foreach (var channel in Directory.EnumerateDirectories(directory, "qb-*-*-*-*"))
            {
                var path = Path.Combine(channel, Ring);
                if (
                    Path.GetFileName(channel).Split('-') is not [_, _, var id, ..]
                    || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                    || !File.Exists(path)
                    || ProcessTable.Find(process) is not { } client
                    || Array.IndexOf(Daemons, client.Name) is not (>= 0 and var index)
                )
                {
                    continue;
                }

                // Two rings of one daemon: one is left over, and nobody can tell which.
                if (found[index] is not null || Describe(process, path) is not { } line)
                {
                    return null;
                }

                found[index] = line;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Array.TrueForAll(found, line => line is not null) ? string.Join('\n', found) : null;
    }

    // PID:START:POSITIONS PATH; the start time tells a daemon from a later one with its pid.
    private static string? Describe(int process, string path)
    {
        // The directory is everybody's: what lies there need not be a ring.
        Span<byte> header = stackalloc byte[Positions];
        return PlainFile.Read(path, header) == Positions && ProcessTable.Find(process) is { } client
            ? string.Create(CultureInfo.InvariantCulture, $"{process}:{client.StartTicks}:{Convert.ToHexString(header)} {path}")
            : null;
    }
}
