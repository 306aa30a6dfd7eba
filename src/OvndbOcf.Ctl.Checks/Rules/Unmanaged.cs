using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Whether a person has Pacemaker leave a resource alone, and how that ends. Pure.</summary>
public static class Unmanaged
{
    /// <summary>The command that ends the maintenance mode of the cluster.</summary>
    public const string EndOfMaintenanceMode = "pcs property set maintenance-mode=false";

    /// <summary>What is said of each setting that does so, and the command that ends it; null if no terminal should get it.</summary>
    public static IReadOnlyList<(string Text, string? Command)> Of(ClusterConfiguration configuration, PrimitiveResource resource)
    {
        var found = new List<(string Text, string? Command)>();
        if (Setting("is-managed", bad: false) is { } managed)
        {
            found.Add(
                (
                    managed.Text,
                    managed.Owner is null
                        ? Pcs.Meta(resource.OuterId, "is-managed=true")
                        : Shell.Command("pcs", "resource", "manage", resource.OuterId)
                )
            );
        }

        if (Setting("maintenance", bad: true) is { } maintenance)
        {
            found.Add(
                (
                    maintenance.Text,
                    maintenance.Owner is { } owner ? Pcs.Meta(owner, "maintenance=") : Pcs.Meta(resource.OuterId, "maintenance=false")
                )
            );
        }

        return found;

        (string Text, string? Owner)? Setting(string name, bool bad) =>
            configuration.Meta(resource, name) is { } set && OcfBoolean.TryParse(set.Value) == bad
                ? ($"{name} of {resource.OuterId} is {set.Value}: Pacemaker recovers nothing of it", set.Owner)
                : null;
    }
}
