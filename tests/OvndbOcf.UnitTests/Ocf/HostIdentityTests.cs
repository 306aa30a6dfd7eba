using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class HostIdentityTests
{
    /// <summary>container_attribute_target, physical_host, on_node; then where attributes belong and the name in notify lists.</summary>
    public static TheoryData<string?, string?, string?, string, string> Identities =>
        new()
        {
            { null, null, null, "local", "local" },
            { null, null, "ctl-1", "ctl-1", "ctl-1" },
            { "host", "ctl-1", "ovn-bundle-0", "ctl-1", "ovn-bundle-0" },
            { "host", "ctl-1", null, "ctl-1", "local" },
            { "host", null, "ovn-bundle-0", "ovn-bundle-0", "ovn-bundle-0" },
            { "host", "", "ovn-bundle-0", "ovn-bundle-0", "ovn-bundle-0" },
            { null, "ctl-1", "ovn-bundle-0", "ovn-bundle-0", "ovn-bundle-0" },
            { "container", "ctl-1", "ovn-bundle-0", "ovn-bundle-0", "ovn-bundle-0" },
        };

    [Theory]
    [MemberData(nameof(Identities))]
    public void Attributes_belong_to_the_physical_host_only_where_the_target_is_host(
        string? target,
        string? host,
        string? node,
        string attributeHost,
        string notifyName
    )
    {
        var environment = OcfEnvironment.From(
            "ovndb-servers",
            new Dictionary<string, string?>
            {
                ["OCF_RESKEY_CRM_meta_container_attribute_target"] = target,
                ["OCF_RESKEY_CRM_meta_physical_host"] = host,
                ["OCF_RESKEY_CRM_meta_on_node"] = node,
            }
        );
        var asked = false;
        var identity = HostIdentity.From(
            environment,
            () =>
            {
                asked = true;
                return "local";
            }
        );
        Assert.Equal(new HostIdentity(attributeHost, notifyName), identity);

        // Asking the cluster costs a process: only where nothing else is known.
        Assert.Equal(node is null, asked);
    }

    [Theory]
    [InlineData("ctl-1", true)]
    [InlineData("ovn-bundle-1", true)]
    [InlineData("ctl-10", false)]
    [InlineData("ctl", false)]
    [InlineData("ovn-bundle-10", false)]
    [InlineData("CTL-1", false)]
    [InlineData("", false)]
    public void Names_are_compared_whole(string name, bool isMe) =>
        Assert.Equal(isMe, new HostIdentity("ctl-1", "ovn-bundle-1").IsMe(name));
}
