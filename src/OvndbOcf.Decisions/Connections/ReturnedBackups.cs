using System.Net;

namespace OvndbOcf.Decisions.Connections;

/// <summary>Whether backups that were cut off are back.</summary>
public static class ReturnedBackups
{
    /// <summary>True once all former connections are gone, and from each of their addresses there is one again.</summary>
    /// <param name="before">The remote ends before backups were cut off.</param>
    /// <param name="now">The remote ends now.</param>
    public static bool AreBack(IReadOnlyCollection<IPEndPoint> before, IReadOnlyCollection<IPEndPoint> now) =>
        !before.Intersect(now).Any() && !before.Select(end => end.Address).Except(now.Select(end => end.Address)).Any();
}
