using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Whether a person keeps a resource from running, or from being promoted. Pure.</summary>
public static class TargetRole
{
    /// <summary>What is said of it, and the command that ends it (null if no terminal should get it); null where the resource may have any role.</summary>
    public static (string Text, string? Command)? Of(ClusterConfiguration configuration, PrimitiveResource resource) =>
        configuration.Meta(resource, "target-role") is { } target
            ? RoleNames.Today(target.Value) switch
            {
                "Stopped" => (
                    $"{resource.OuterId} is disabled (target-role), so nothing of it runs",
                    target.Owner is { } owner
                        ? Shell.Command("pcs", "resource", "enable", owner)
                        : Pcs.Meta(resource.OuterId, "target-role=Started")
                ),
                RoleNames.Unpromoted => (
                    $"target-role of {resource.OuterId} is {target.Value}, so nobody is promoted",
                    target.Owner is { } owner ? Pcs.Meta(owner, "target-role=") : Pcs.Meta(resource.OuterId, "target-role=Started")
                ),
                _ => null,
            }
            : null;
}
