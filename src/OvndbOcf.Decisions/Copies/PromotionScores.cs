using OvndbOcf.Decisions.Timing;

namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// All promotion scores. A backup and the promoted instance have those of OVN's shell agent, so that both agents may run in one cluster; the others
/// lie around them.
/// </summary>
public static class PromotionScores
{
    /// <summary>The score of the promoted instance, so that it stays where it is.</summary>
    public const int Active = 10;

    /// <summary>The score of the last active instance: it alone may hold rows that were not replicated yet.</summary>
    public const int LastActive = 9;

    /// <summary>The score of a copy that provably holds everything.</summary>
    public const int Complete = 8;

    /// <summary>The score of a copy that holds the closing marker of a promotion that is not on record.</summary>
    public const int Closed = 7;

    /// <summary>The score of a backup that was following when the active was last seen. One that lost it earlier has less.</summary>
    public const int Backup = 5;

    /// <summary>The score of a backup that has been cut off for longer than a failover takes (<see cref="Disconnection.Lasting"/>).</summary>
    public const int CutOff = 4;

    /// <summary>The score of a backup that has been cut off for a minute or longer.</summary>
    public const int CutOffForMinutes = 3;

    /// <summary>The score of a backup that has been cut off for ten minutes or longer.</summary>
    public const int CutOffForLong = 2;

    /// <summary>The score of an instance that is to be promoted only where there is no other.</summary>
    public const int Least = 1;

    /// <summary>
    /// The score of an instance that must not be promoted (<c>-INFINITY</c>). Where the promoted instance is colocated with the address, having none
    /// is not enough: Pacemaker would try all the same.
    /// </summary>
    public const int Forbidden = -1_000_000;

    /// <summary>The score of a backup that has been without a connection that it should have for that long; zero where it has one, or needs none.</summary>
    public static int OfBackup(TimeSpan cutOff) =>
        cutOff < Disconnection.Lasting ? Backup
        : cutOff < TimeSpan.FromMinutes(1) ? CutOff
        : cutOff < TimeSpan.FromMinutes(10) ? CutOffForMinutes
        : CutOffForLong;
}
