using System.Net;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Decisions.Connections;

/// <summary>Which backups that were connected are not.</summary>
public static class MissingBackups
{
    /// <summary>The addresses of the backups that have no connection to one of the servers.</summary>
    /// <param name="former">The connections by which each backup was known.</param>
    /// <param name="northbound">The remote ends of the Northbound server's connections.</param>
    /// <param name="southbound">The remote ends of the Southbound server's connections.</param>
    public static IReadOnlyList<IPAddress> Find(
        IReadOnlyCollection<LinkEnds> former,
        IReadOnlyCollection<IPEndPoint> northbound,
        IReadOnlyCollection<IPEndPoint> southbound
    ) =>
        [
            .. Addresses(former.Select(ends => ends.Northbound))
                .Except(northbound.Select(end => end.Address))
                .Union(Addresses(former.Select(ends => ends.Southbound)).Except(southbound.Select(end => end.Address))),
        ];

    private static IEnumerable<IPAddress> Addresses(IEnumerable<string> ends) =>
        ends.Select(text => IPEndPoint.TryParse(text, out var end) ? end.Address : null).OfType<IPAddress>();
}
