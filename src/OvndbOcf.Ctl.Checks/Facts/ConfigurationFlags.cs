using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>Reads boolean properties of the cluster.</summary>
public static class ConfigurationFlags
{
    /// <summary>A property by the first of its names that is set; null if none is, or it is not readable.</summary>
    public static bool? Flag(this ClusterConfiguration configuration, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (configuration.Properties.TryGetValue(name, out var text))
            {
                return OcfBoolean.TryParse(text);
            }
        }

        return null;
    }
}
