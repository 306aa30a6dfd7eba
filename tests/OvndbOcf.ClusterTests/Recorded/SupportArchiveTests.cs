using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Recorded;

/// <summary><c>ovndbctl support</c> on a live cluster: the archive of each node has what docs/ovndbctl.md says, and no secret that was planted.</summary>
[Collection<BookwormRecorded>]
public sealed class BookwormSupportArchiveTests(RecordedCluster fixture)
{
    private const string Planted = "planted-by-the-test";

    // What the page promises of every node.
    private static readonly string[] Promised =
    [
        "ovndbctl/list.txt",
        "ovndbctl/list.json",
        "ovndbctl/why.txt",
        "ovndbctl/check.json",
        "ovndbctl/history.txt",
        "parameters.txt",
        "databases.txt",
        "cluster/cib.xml",
        "cluster/crm_mon.xml",
        "cluster/crm_mon.txt",
        "cluster/nodes.txt",
        "cluster/published.txt",
        "cluster/quorum.txt",
        "cluster/corosync.conf",
        "logs/pacemaker.log",
        "logs/ovsdb-server-nb.log",
        "logs/ovsdb-server-sb.log",
        "logs/ovn-northd.log",
        "versions/os-release.txt",
        "versions/ovsdb-server.txt",
        "versions/ovn-northd.txt",
        "versions/pacemaker.txt",
        "versions/corosync.txt",
        "versions/kernel.txt",
    ];

    // A private key in a log, a password in the configuration under a name that gives it away, and the same value in a log, where nothing does.
    private const string Plant = $"""
        set -e
        crm_attribute --type crm_config --name monitoring_passwd --update {Planted}-cib
        crm_attribute --node node1 --name snmp_community --update {Planted}-node
        printf '%s\n' '-----BEGIN PRIVATE KEY-----' {Planted}-key '-----END PRIVATE KEY-----' >> /var/log/ovn/ovsdb-server-nb.log
        echo 'login of monitoring with {Planted}-cib' >> /var/log/pacemaker/pacemaker.log
        echo 'option password={Planted}-option' >> /var/log/ovn/ovn-northd.log
        install -D -m 600 /dev/null /etc/ovn/ovnnb-privkey.pem
        echo {Planted}-file > /etc/ovn/ovnnb-privkey.pem
        """;

    private const string Dig = $"""
        crm_attribute --type crm_config --name monitoring_passwd --delete
        crm_attribute --node node1 --name snmp_community --delete
        rm -f /etc/ovn/ovnnb-privkey.pem
        sed -i '/{Planted}/d; /PRIVATE KEY/d' /var/log/ovn/ovsdb-server-nb.log /var/log/pacemaker/pacemaker.log /var/log/ovn/ovn-northd.log
        """;

    [Fact(Timeout = 180_000)]
    public async Task It_has_what_the_page_says_and_no_secret()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (active, backup) = (fixture.Cluster.Nodes[0], fixture.Cluster.Nodes[1]);
        await active.ExecCheckedAsync(["sh", "-c", Plant], cancellationToken: cancellation);
        try
        {
            foreach (var node in (ClusterNode[])[active, backup])
            {
                var archive = await SupportRun.TakeAsync(node, cancellation);
                Assert.Empty(Promised.Except(archive.Files.Keys));
                Assert.Equal(fixture.Cluster.Nodes.Where(other => other != node).Select(other => other.Name), archive.OtherNodes);
                Assert.All(archive.Files, file => Assert.DoesNotContain(Planted, file.Value, StringComparison.Ordinal));

                // What other nodes tell the cluster is there, also of those that are not asked.
                Assert.All(
                    fixture.Cluster.Nodes,
                    other => Assert.Contains($"host=\"{other.Name}\"", archive.Files["cluster/published.txt"], StringComparison.Ordinal)
                );
                Assert.Contains("monitoring_passwd", archive.Files["cluster/cib.xml"], StringComparison.Ordinal);
                Assert.Contains("OVN_Northbound schema ", archive.Files["databases.txt"], StringComparison.Ordinal);
                Assert.Contains("node1 is active since", archive.Files["ovndbctl/list.txt"], StringComparison.Ordinal);

                // Rows belong to the operator.
                Assert.All(archive.Files, file => Assert.DoesNotContain("probe-0", file.Value, StringComparison.Ordinal));
            }
        }
        finally
        {
            await active.ExecAsync(["sh", "-c", Dig], cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>In ssh's place is a program that runs the command on the same node, and does not get to the last one.</summary>
    [Fact(Timeout = 180_000)]
    public async Task It_has_the_archives_of_other_nodes_where_ssh_gets_there()
    {
        const string Ssh = "/usr/local/bin/ssh";
        var cancellation = TestContext.Current.CancellationToken;
        var (node, last) = (fixture.Cluster.Nodes[0], fixture.Cluster.Nodes[^1]);
        await node.WriteFileAsync(
            Ssh,
            $"""
            #!/bin/sh
            [ "$6" != {last.Name} ] || {"{"} echo 'No route to host' >&2; exit 255; {"}"}
            shift 6
            exec "$@"

            """,
            "0755",
            cancellation
        );
        try
        {
            var archive = await SupportRun.TakeAsync(node, cancellation, "--ssh");
            Assert.Equal([last.Name], archive.OtherNodes);
            Assert.Equal($"ssh to {last.Name}: No route to host", archive.Missing[$"nodes/{last.Name}.tar.gz"]);
            foreach (var other in fixture.Cluster.Nodes.Skip(1).SkipLast(1))
            {
                var inner = await node.ExecCheckedAsync(
                    [
                        "sh",
                        "-c",
                        $"tar --extract --gzip --to-stdout --file={SupportRun.OnNode} ovndb-support-{node.Name}/nodes/{other.Name}.tar.gz | tar --list --gzip",
                    ],
                    cancellationToken: cancellation
                );
                Assert.Empty(Promised.Select(file => $"ovndb-support-{node.Name}/{file}").Except(inner.Stdout.Split('\n')));
            }
        }
        finally
        {
            await node.ExecAsync(["rm", "-f", Ssh], cancellationToken: CancellationToken.None);
        }
    }
}

/// <summary>Tests that leave the cluster as it was share it.</summary>
[CollectionDefinition]
public sealed class BookwormRecorded : ICollectionFixture<RecordedCluster>;
