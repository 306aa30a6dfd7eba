namespace OvndbOcf.Ocf;

/// <summary>Who this instance is to the cluster.</summary>
/// <param name="AttributeHost">The node that holds this instance's promotion score and that <c>OVN_REPL_INFO</c> names.</param>
/// <param name="NotifyName">The name of this instance in notify lists: the node's, in a bundle the container's.</param>
public sealed record HostIdentity(string AttributeHost, string NotifyName)
{
    /// <summary>
    /// A bundle whose <c>container-attribute-target</c> is <c>host</c> keeps attributes at the physical host, everything else at the node that the
    /// action runs on, which old releases do not name: then the local node name is asked for.
    /// </summary>
    public static HostIdentity From(OcfEnvironment environment, Func<string> localNodeName)
    {
        var notifyName = environment.Meta("on_node") ?? localNodeName();
        var host = environment.Meta("container_attribute_target") == "host" ? environment.Meta("physical_host") : null;
        return new HostIdentity(host ?? notifyName, notifyName);
    }

    /// <summary>Whether a name in a notify list, or in <c>OVN_REPL_INFO</c>, is this instance; names are compared whole.</summary>
    public bool IsMe(string name) => name == NotifyName || name == AttributeHost;
}
