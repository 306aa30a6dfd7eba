using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Whether a person has Pacemaker leave a resource alone, and how that ends. Pure.</summary>
public static class Unmanaged
{
    /// <summary>The command that ends the maintenance mode of the cluster.</summary>
    public const string EndOfMaintenanceMode = "pcs property set maintenance-mode=false";

    /// <summary>What is said of each setting that does so, and the command that ends it; null if no terminal should get it.</summary>
    public static IEnumerable<(string Text, string? Command)> Of(ClusterConfiguration configuration, PrimitiveResource resource)
    {
        if (Setting("is-managed", bad: false) is { } managed)
        {
            yield return (
                managed.Text,
                managed.Owner is null
                    ? Pcs.Meta(resource.OuterId, "is-managed=true")
                    : Shell.Command("pcs", "resource", "manage", resource.OuterId)
            );
        }

        if (Setting("maintenance", bad: true) is { } maintenance)
        {
            yield return (
                maintenance.Text,
                maintenance.Owner is { } owner ? Pcs.Meta(owner, "maintenance=") : Pcs.Meta(resource.OuterId, "maintenance=false")
            );
        }

        (string Text, string? Owner)? Setting(string name, bool bad) =>
            configuration.Meta(resource, name) is { } found && OcfBoolean.TryParse(found.Value) == bad
                ? ($"{name} of {resource.OuterId} is {found.Value}: Pacemaker recovers nothing of it", found.Owner)
                : null;
    }
}
