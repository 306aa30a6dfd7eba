namespace OvndbOcf.Simulation.Engine;

/// <summary>The labels on all containers and networks of the simulation, by which they are found again.</summary>
internal static class RunLabels
{
    /// <summary>Set to 1 on everything that the simulation makes.</summary>
    public const string Marker = "ovndb-ocf";

    /// <summary>The id of the cluster that the object belongs to.</summary>
    public const string Run = "ovndb-ocf.run";

    /// <summary>The process that made the object, as <see cref="ProcessIdentity"/> writes it.</summary>
    public const string Owner = "ovndb-ocf.owner";

    /// <summary>Set to 1 where the object shall outlive its owner.</summary>
    public const string Keep = "ovndb-ocf.keep";

    /// <summary>The node's name, on containers of nodes.</summary>
    public const string Node = "ovndb-ocf.node";

    /// <summary>The hypervisor's name, on containers of hypervisors.</summary>
    public const string Hypervisor = "ovndb-ocf.hypervisor";

    /// <summary>The machine's IPv4 address, on containers of nodes and hypervisors.</summary>
    public const string Address = "ovndb-ocf.address";

    /// <summary>The cluster's virtual IPv4 address, on containers of nodes.</summary>
    public const string VirtualIp = "ovndb-ocf.virtual-ip";

    /// <summary>All labels that the objects of one run share.</summary>
    public static Dictionary<string, string> For(string run, bool keep)
    {
        var labels = new Dictionary<string, string>
        {
            [Marker] = "1",
            [Run] = run,
            [Owner] = ProcessIdentity.Own.ToString(),
        };
        if (keep)
        {
            labels[Keep] = "1";
        }

        return labels;
    }
}
