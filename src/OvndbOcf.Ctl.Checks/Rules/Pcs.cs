namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Commands of pcs(8) that mean the same in pcs 0.11 and 0.12.</summary>
internal static class Pcs
{
    /// <summary>Sets meta attributes of a resource, a clone or a bundle; one without a value is removed.</summary>
    public static string? Meta(string resource, params IEnumerable<string> options) =>
        Shell.Command(["pcs", "resource", "meta", resource, .. options]);

    /// <summary>Sets parameters of a resource; one without a value is removed.</summary>
    public static string? Update(string resource, params IEnumerable<string> options) =>
        Shell.Command(["pcs", "resource", "update", resource, .. options]);

    /// <summary>Sets a property of the cluster; without a value it is removed.</summary>
    public static string? Property(string name, string value) => Shell.Command("pcs", "property", "set", $"{name}={value}");

    /// <summary>Adds an operation.</summary>
    public static string? AddOperation(string resource, string name, params IEnumerable<string> options) =>
        Shell.Command(["pcs", "resource", "op", "add", resource, name, .. options]);

    /// <summary>Removes an operation by its id.</summary>
    public static string? DeleteOperation(string id) => Shell.Command("pcs", "resource", "op", "delete", id);

    /// <summary>Removes a constraint by its id.</summary>
    public static string? DeleteConstraint(string id) => Shell.Command("pcs", "constraint", "delete", id);

    /// <summary>Keeps an address where a clone is promoted.</summary>
    public static string? Colocate(string address, string clone) =>
        Shell.Command("pcs", "constraint", "colocation", "add", address, "with", "Promoted", clone, "score=INFINITY");

    /// <summary>Starts an address after the promotion.</summary>
    public static string? Order(string address, string clone) =>
        Shell.Command("pcs", "constraint", "order", "promote", clone, "then", "start", address);
}
