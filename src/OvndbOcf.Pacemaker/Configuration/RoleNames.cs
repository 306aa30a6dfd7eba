namespace OvndbOcf.Pacemaker.Configuration;

/// <summary>Names of roles: those before Pacemaker 2.1 are taken by later releases, too.</summary>
public static class RoleNames
{
    /// <summary>The promoted role.</summary>
    public const string Promoted = "Promoted";

    /// <summary>The unpromoted role.</summary>
    public const string Unpromoted = "Unpromoted";

    /// <summary>The name of today for a role.</summary>
    public static string Today(string role) =>
        role.ToLowerInvariant() switch
        {
            "master" or "promoted" => Promoted,
            "slave" or "unpromoted" => Unpromoted,
            "started" => "Started",
            "stopped" => "Stopped",
            _ => role,
        };
}
