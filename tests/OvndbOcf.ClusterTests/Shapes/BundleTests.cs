using System.Globalization;
using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// bundle.sh. The nodes have no container engine, so what it writes is not put into force but given to Pacemaker's own scheduler.
/// </summary>
public abstract class BundleTests(IdleCluster cluster)
{
    private const int Limit = 120_000;
    private const string Written = "/root/bundle.xml";
    private const string Started = "/root/bundle-started.xml";

    [Fact(Timeout = Limit)]
    public async Task The_configuration_is_written_to_a_file_that_verifies_and_nothing_is_changed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await cluster.ResetAsync(maintenance: false, cancellation);

        var output = await RunAsync(cancellation);

        Assert.DoesNotContain("warning", output.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("deprecat", output.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Written, output.Stdout, StringComparison.Ordinal);
        Assert.Empty((await cluster.ConfigurationAsync(cancellation)).XPathSelectElements("//resources/*"));
        await cluster.Node.ExecCheckedAsync(["crm_verify", "--verbose", $"--xml-file={Written}"], cancellationToken: cancellation);

        var bundle = XDocument.Parse(await cluster.Node.ReadFileAsync(Written, cancellation)).XPathSelectElement("//bundle[@id='ovn-dbs']");
        Assert.NotNull(bundle);
        Assert.Equal("1", bundle.Element("podman")?.Attribute("promoted-max")?.Value);
        Assert.Equal("host", Meta(bundle, "container-attribute-target"));
        Assert.Equal("true", Meta(bundle, "notify"));
    }

    [Fact(Timeout = Limit)]
    public async Task The_scheduler_starts_a_replica_a_node_and_notifies_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await cluster.ResetAsync(maintenance: false, cancellation);
        await RunAsync(cancellation);

        var transition = await SimulateAsync(Written, cancellation);

        Assert.Contains("ovn-dbs-podman-0 start on node1", transition, StringComparison.Ordinal);
        Assert.Contains("ovn-dbs-podman-1 start on node2", transition, StringComparison.Ordinal);
        Assert.Contains("ovndb:0 start on ovn-dbs-0", transition, StringComparison.Ordinal);
        Assert.Contains("ovndb:1 start on ovn-dbs-1", transition, StringComparison.Ordinal);
        Assert.Contains("ovndb:0 notify on ovn-dbs-0", transition, StringComparison.Ordinal);

        // Nobody has a promotion score yet.
        Assert.DoesNotContain("promote on", transition, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_promotion_score_of_the_host_decides_which_replica_is_promoted_and_the_address_follows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await cluster.ResetAsync(maintenance: false, cancellation);
        await RunAsync(cancellation);
        await SimulateAsync(Written, cancellation);
        var started = XDocument.Parse(await cluster.Node.ReadFileAsync(Started, cancellation));
        SetScore(started, "node1", 5);
        SetScore(started, "node2", 10);
        await cluster.Node.WriteFileAsync(Written, started.ToString(), cancellationToken: cancellation);

        var transition = await SimulateAsync(Written, cancellation);

        Assert.Contains("ovndb promote on ovn-dbs-1", transition, StringComparison.Ordinal);
        Assert.DoesNotContain("promote on ovn-dbs-0", transition, StringComparison.Ordinal);
        Assert.Contains("ovndb notify on ovn-dbs-0", transition, StringComparison.Ordinal);
        Assert.Contains("ovn-vip start on node2", transition, StringComparison.Ordinal);
    }

    private static string? Meta(XElement bundle, string name) =>
        bundle.XPathSelectElement($"primitive/meta_attributes/nvpair[@name='{name}']")?.Attribute("value")?.Value;

    /// <summary>Adds a promotion score as Pacemaker's attribute daemon writes it.</summary>
    private static void SetScore(XDocument configuration, string node, int score)
    {
        var state = configuration.XPathSelectElement($"//status/node_state[@uname='{node}']");
        Assert.NotNull(state);
        var attributes = state.Element("transient_attributes");
        if (attributes is null)
        {
            attributes = new XElement("transient_attributes", new XAttribute("id", state.Attribute("id")!.Value));
            state.Add(attributes);
        }

        attributes.Add(
            new XElement(
                "instance_attributes",
                new XAttribute("id", $"score-{node}"),
                new XElement(
                    "nvpair",
                    new XAttribute("id", $"score-{node}-value"),
                    new XAttribute("name", "master-ovndb"),
                    new XAttribute("value", score.ToString(CultureInfo.InvariantCulture))
                )
            )
        );
    }

    private Task<ExecResult> RunAsync(CancellationToken cancellationToken) =>
        cluster.Node.RunExampleAsync(
            "bundle.sh",
            new Dictionary<string, string>
            {
                ["VIP"] = $"{cluster.Cluster.VirtualIp}",
                ["IMAGE"] = "registry.example/ovn:1",
                ["REPLICAS"] = "2",
                ["OUTPUT"] = Written,
            },
            cancellationToken
        );

    /// <summary>What Pacemaker would do, an action a line with single spaces; the state after that is in <see cref="Started"/>.</summary>
    private async Task<string> SimulateAsync(string file, CancellationToken cancellationToken)
    {
        var result = await cluster.Node.ExecCheckedAsync(
            ["crm_simulate", "--simulate", $"--xml-file={file}", $"--save-output={Started}"],
            cancellationToken: cancellationToken
        );
        var lines = result.Stdout.Split('\n').Where(line => line.Contains(" action:", StringComparison.Ordinal));
        return string.Join('\n', lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }
}

[Collection<SharedOnBookworm>]
public sealed class BundleOnBookwormTests(IdleClusterOnBookworm cluster) : BundleTests(cluster);

[Collection<SharedOnTrixie>]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BundleOnTrixieTests(IdleClusterOnTrixie cluster) : BundleTests(cluster);
