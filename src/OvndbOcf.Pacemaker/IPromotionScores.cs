using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>The promotion scores by which the scheduler chooses whom to promote.</summary>
public interface IPromotionScores
{
    /// <summary>
    /// Sets the promotion score that this resource has on a node, with reboot lifetime (attrd_updater(8)). The attribute is the one that
    /// crm_attribute --promotion and, before Pacemaker 2.1, crm_master maintain; going to the attribute daemon directly takes a third of their time.
    /// </summary>
    Task<CommandResult> SetPromotionScoreAsync(string resource, string node, int score, TimeSpan timeout);

    /// <summary>Deletes the promotion score that this resource has on a node. It is no failure if there is none.</summary>
    Task<CommandResult> DeletePromotionScoreAsync(string resource, string node, TimeSpan timeout);

    /// <summary>
    /// The promotion score that this resource has on a node in the CIB, where the scheduler looks; null if it has none there, or that cannot be read.
    /// The attribute daemon writes it there a moment after it was set.
    /// </summary>
    Task<int?> ReadScheduledScoreAsync(string resource, string node, TimeSpan timeout);

    /// <summary>
    /// Makes the attribute daemon write all values that it has to the CIB again (attrd_updater(8)): one that vanished from there alone is no change to it.
    /// </summary>
    Task<CommandResult> RewriteAttributesAsync(TimeSpan timeout);
}
