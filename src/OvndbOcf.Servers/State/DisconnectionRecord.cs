using System.Globalization;

namespace OvndbOcf.Servers.State;

/// <summary>
/// Remembers since when a backup is without its source. A backup loses its source at every failover and finds the next one within seconds;
/// only what lasts is worth reporting, and a monitor that waited to find out would hold up the promotion that ends it.
/// The file lies where resource agents keep their run-time state, so a reboot clears it.
/// </summary>
public sealed class DisconnectionRecord
{
    /// <summary>From when on a disconnection counts as lasting: longer than an active server's failure, its detection and the failover take.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(20);

    private readonly string _path;

    /// <summary>The record of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="kind">What lasts.</param>
    public DisconnectionRecord(string directory, string resource, string kind = "disconnected") =>
        _path = Path.Combine(directory, $"ovndb-servers-{resource.Replace('/', '_')}.{kind}");

    /// <summary>Notes what was seen now; for how long the backup has been without its source, zero if it is not.</summary>
    public TimeSpan Note(bool disconnected)
    {
        try
        {
            if (!disconnected)
            {
                File.Delete(_path);
                return TimeSpan.Zero;
            }

            var now = Environment.TickCount64;
            if (Since() is { } since && since <= now)
            {
                return TimeSpan.FromMilliseconds(now - since);
            }

            File.WriteAllText(_path, now.ToString(CultureInfo.InvariantCulture));
            return TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without a record, what is seen has to count as it is.
            return disconnected ? Lasting : TimeSpan.Zero;
        }
    }

    private long? Since() =>
        File.Exists(_path) && long.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null;
}
