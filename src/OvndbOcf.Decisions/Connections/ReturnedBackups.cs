using System.Net;

namespace OvndbOcf.Decisions.Connections;

/// <summary>Whether backups were cut off, and whether they are back.</summary>
public static class ReturnedBackups
{
    /// <summary>True once one of the former connections is gone.</summary>
    /// <param name="before">The remote ends before backups were to be cut off.</param>
    /// <param name="now">The remote ends now.</param>
    public static bool WereCutOff(IReadOnlyCollection<IPEndPoint> before, IReadOnlyCollection<IPEndPoint> now) => before.Except(now).Any();

    /// <summary>True once all former connections are gone, and from each of their addresses there is one again.</summary>
    /// <param name="before">The remote ends before backups were cut off.</param>
    /// <param name="now">The remote ends now.</param>
    public static bool AreBack(IReadOnlyCollection<IPEndPoint> before, IReadOnlyCollection<IPEndPoint> now) =>
        !before.Intersect(now).Any() && !before.Select(end => end.Address).Except(now.Select(end => end.Address)).Any();
}
