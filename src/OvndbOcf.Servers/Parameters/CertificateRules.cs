using System.Globalization;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Parameters;

/// <summary>Whether the certificates that the parameters name are about to expire. Pure but for <see cref="ReadFile"/>.</summary>
public static class CertificateRules
{
    /// <summary>How long before its end a certificate is told of.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    private const int FileMaxBytes = 1 << 20;

    /// <summary>The text of a file; null if there is none that can be used.</summary>
    public static string? ReadFile(string path) => PlainFile.ReadText(path, FileMaxBytes, followLink: true);

    /// <summary>A sentence for each file whose certificate has expired or expires soon. Files that cannot be read say nothing: <see cref="InstallationRules"/> tells of them.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="read">Reads a file.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<string> Check(AgentParameters parameters, Func<string, string?> read, DateTimeOffset now)
    {
        var warnings = new List<string>();
        foreach (var database in parameters.Databases)
        {
            if (database.Protocol == DatabaseProtocol.Ssl)
            {
                // The first is the server's own; those of the authority that issued it may follow. Of several authorities one that lasts is enough: the others are on their way out.
                Add(database, "certificate", database.Tls.Certificate, ends => ends[0]);
                Add(database, "CA certificate", database.Tls.CaCertificate, ends => ends.Max());
            }
        }

        return warnings;

        void Add(DatabaseParameters database, string what, string path, Func<IReadOnlyList<DateTimeOffset>, DateTimeOffset> choose)
        {
            if (read(path) is not { } text || CertificateDates.ExpiriesIn(text) is not { Count: > 0 } ends)
            {
                return;
            }

            var end = choose(ends);
            if (end - now > Notice)
            {
                return;
            }

            var verb = end <= now ? "expired" : "expires";
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{database.Label} {what} {path} {verb} on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC: renew it on this node"
                )
            );
        }
    }
}
