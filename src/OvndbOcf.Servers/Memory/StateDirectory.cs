using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Memory;

/// <summary>The directory for run-time state, which a reboot clears.</summary>
public static class StateDirectory
{
    /// <summary>The one that an environment names (<c>HA_RSCTMP</c>), or Pacemaker's.</summary>
    public static string Of(OcfEnvironment environment) => environment.Variable("HA_RSCTMP") ?? "/run/resource-agents";
}
