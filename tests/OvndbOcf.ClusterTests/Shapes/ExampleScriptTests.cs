using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.ClusterTests.Support;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>What the example scripts leave in the configuration, and what pcs says about them. Nothing is started.</summary>
public abstract class ExampleScriptTests(IdleCluster cluster)
{
    protected const int Limit = 120_000;

    [Theory(Timeout = Limit)]
    [InlineData("virtual-ip.sh", 2)]
    [InlineData("address-first.sh", 2)]
    [InlineData("tls.sh", 2)]
    [InlineData("ipv6.sh", 2)]
    [InlineData("load-balancer.sh", 0)]
    [InlineData("two-nodes.sh", 2)]
    [InlineData("second-deployment.sh", 2)]
    public async Task A_script_makes_a_promotable_clone_and_uses_nothing_deprecated(string script, int constraints)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var name = script == "second-deployment.sh" ? "ovndb2" : "ovndb";
        await cluster.ResetAsync(maintenance: true, cancellation);

        var output = await cluster.Node.RunExampleAsync(
            script,
            new Dictionary<string, string>
            {
                ["VIP"] = $"{(script == "ipv6.sh" ? cluster.Cluster.VirtualIpv6 : cluster.Cluster.VirtualIp)}",
                ["LB_ADDRESS"] = $"{cluster.Cluster.VirtualIp}",
            },
            cancellation
        );

        Assert.DoesNotContain("warning", output.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("deprecat", output.Output, StringComparison.OrdinalIgnoreCase);
        var configuration = await cluster.ConfigurationAsync(cancellation);
        Assert.Equal("true", Meta(configuration, "clone", $"{name}-clone", "promotable"));
        Assert.Equal("true", Meta(configuration, "clone", $"{name}-clone", "notify"));
        Assert.Equal("1", Meta(configuration, "clone", $"{name}-clone", "promoted-max"));
        Assert.Equal("30s", Meta(configuration, "primitive", name, "failure-timeout"));
        Assert.Null(Meta(configuration, "primitive", name, "notify"));
        Assert.Equal(constraints, configuration.XPathSelectElements("//constraints/*").Count());
        await cluster.Node.ExecCheckedAsync(["crm_verify", "--verbose", "--live-check"], cancellationToken: cancellation);
    }

    [Theory(Timeout = Limit)]
    [InlineData("virtual-ip.sh", "VIP")]
    [InlineData("address-first.sh", "VIP")]
    [InlineData("tls.sh", "VIP")]
    [InlineData("ipv6.sh", "VIP")]
    [InlineData("load-balancer.sh", "LB_ADDRESS")]
    [InlineData("two-nodes.sh", "VIP")]
    [InlineData("second-deployment.sh", "VIP")]
    [InlineData("original-guide.sh", "VIP")]
    [InlineData("bundle.sh", "VIP")]
    [InlineData("crmsh.sh", "VIP")]
    public async Task A_script_that_is_not_told_the_address_asks_for_it_and_changes_nothing(string script, string variable)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = await cluster.ConfigurationAsync(cancellation);

        var result = await cluster.Node.ExecAsync([ExampleScripts.Path(script)], cancellationToken: cancellation);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"{variable}: write the", result.Stderr, StringComparison.Ordinal);
        Assert.Equal(before.ToString(), (await cluster.ConfigurationAsync(cancellation)).ToString());
    }

    private static string? Meta(XDocument configuration, string element, string id, string name) =>
        configuration.XPathSelectElement($"//{element}[@id='{id}']/meta_attributes/nvpair[@name='{name}']")?.Attribute("value")?.Value;
}

[Collection<SharedOnBookworm>]
public sealed class ExampleScriptOnBookwormTests(IdleClusterOnBookworm cluster) : ExampleScriptTests(cluster)
{
    // Debian 13's crmsh asks systemd whether Pacemaker runs, and there is none in a container.
    [Fact(Timeout = Limit)]
    public async Task By_crmsh_the_resources_and_constraints_are_those_of_pcs()
    {
        var pcs = await MadeByAsync("virtual-ip.sh", TestContext.Current.CancellationToken);
        var crmsh = await MadeByAsync("crmsh.sh", TestContext.Current.CancellationToken);

        Assert.NotEmpty(crmsh);
        Assert.Empty(crmsh.Except(pcs));

        // Operations that nobody asked for: pcs takes them from the meta-data.
        Assert.All(pcs.Except(crmsh), line => Assert.StartsWith("operations op name=", line, StringComparison.Ordinal));
        Assert.All(pcs.Except(crmsh), line => Assert.DoesNotContain("monitor", line, StringComparison.Ordinal));
    }

    /// <summary>What one of the tools writes down though it holds without.</summary>
    private static bool IsDefault(XAttribute attribute) =>
        (attribute.Name.LocalName, attribute.Value) is ("rsc-role", "Started") or ("kind", "Mandatory") or ("interval", "0" or "0s");

    /// <summary>What a script makes, without ids that the tools choose: parameters, operations, meta attributes and constraints, a line each.</summary>
    private async Task<IReadOnlyList<string>> MadeByAsync(string script, CancellationToken cancellation)
    {
        await cluster.ResetAsync(maintenance: true, cancellation);
        await cluster.Node.RunExampleAsync(
            script,
            new Dictionary<string, string> { ["VIP"] = $"{cluster.Cluster.VirtualIp}", ["VIP_PREFIX"] = "24" },
            cancellation
        );
        var configuration = await cluster.ConfigurationAsync(cancellation);
        return
        [
            .. configuration
                .XPathSelectElements("//resources//nvpair | //resources//op | //constraints/*")
                .Select(element =>
                    $"{element.Parent!.Name.LocalName} {element.Name.LocalName} "
                    + string.Join(
                        ' ',
                        element
                            .Attributes()
                            .Where(attribute => attribute.Name != "id" && !IsDefault(attribute))
                            .OrderBy(attribute => attribute.Name.LocalName, StringComparer.Ordinal)
                            .Select(attribute => $"{attribute.Name.LocalName}={attribute.Value}")
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }
}

[Collection<SharedOnTrixie>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class ExampleScriptOnTrixieTests(IdleClusterOnTrixie cluster) : ExampleScriptTests(cluster)
{
    [Fact(Timeout = 60_000)]
    public async Task The_original_guide_is_for_older_releases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await cluster.ResetAsync(maintenance: true, cancellation);
        var result = await cluster.Node.ExecAsync(
            [ExampleScripts.Path("original-guide.sh")],
            environment: new Dictionary<string, string> { ["VIP"] = $"{cluster.Cluster.VirtualIp}" },
            cancellationToken: cancellation
        );

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Master", result.Output, StringComparison.Ordinal);
        Assert.Empty((await cluster.ConfigurationAsync(cancellation)).XPathSelectElements("//resources/*"));
    }
}

/// <summary>With pcs 0.10, which knows the roles Master and Slave alone.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class ExampleScriptOnBullseyeTests(IdleClusterOnBullseye cluster)
    : ExampleScriptTests(cluster),
        IClassFixture<IdleClusterOnBullseye>
{
    [Fact(Timeout = Limit)]
    public async Task A_bundle_is_a_configuration_that_Pacemaker_takes()
    {
        var output = await cluster.Node.RunExampleAsync(
            "bundle.sh",
            new Dictionary<string, string>
            {
                ["VIP"] = $"{cluster.Cluster.VirtualIp}",
                ["IMAGE"] = "registry.example/ovn:1",
                ["OUTPUT"] = "/tmp/bundle.xml",
            },
            TestContext.Current.CancellationToken
        );

        Assert.DoesNotContain("warning", output.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The configuration is in /tmp/bundle.xml", output.Stdout, StringComparison.Ordinal);
    }
}
