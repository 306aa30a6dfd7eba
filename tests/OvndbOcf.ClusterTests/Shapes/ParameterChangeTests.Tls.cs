using OvndbOcf.ClusterTests.Support;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The protocol becomes TLS and plaintext again, with the files that it needs and without.</summary>
public abstract partial class ParameterChangeTests
{
    [Fact(Timeout = Limit)]
    public async Task Plaintext_ends_where_the_protocol_becomes_TLS_and_comes_back_with_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var authority = new Pki(fixture.Cluster.Nodes[0], "/root/pki");
        await authority.CreateAsync(cancellation);
        foreach (var name in new[] { "ovnnb", "ovnsb" })
        {
            await authority.IssueAsync(name, cancellation);
        }

        // Where the parameters' defaults have them.
        const string Directory = "/etc/openvswitch";
        foreach (var node in fixture.Cluster.Nodes)
        {
            await authority.InstallAsync(node, Directory, ["ovnnb", "ovnsb"], cancellation);
        }

        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };
        await BecomeAsync(encrypted, "nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        var (_, active, _) = await fixture.LookAsync(cancellation);
        foreach (
            var end in new[]
            {
                $"{active.Address}:6641",
                $"{active.Address}:6642",
                $"{fixture.Cluster.VirtualIp}:6641",
                $"{fixture.Cluster.VirtualIp}:6642",
            }
        )
        {
            var plain = await active.ExecAsync(["ovsdb-client", "--timeout=2", "list-dbs", $"tcp:{end}"], cancellationToken: cancellation);
            Assert.True(plain.ExitCode != 0, $"{end} takes plaintext: {plain.Output}");
        }

        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task A_node_without_the_TLS_files_leaves_the_databases_to_one_that_has_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        const string Directory = "/etc/openvswitch";
        foreach (var node in fixture.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["sh", "-c", $"rm -f {Directory}/*.pem"], cancellationToken: cancellation);
        }

        await RestartAsync(cancellation);
        var (_, lacking, other) = await fixture.LookAsync(cancellation);
        string[] names = ["ovnnb", "ovnsb"];
        var authority = new Pki(fixture.Cluster.Nodes[0], "/root/pki-of-one");
        await authority.CreateAsync(cancellation);
        foreach (var name in names)
        {
            await authority.IssueAsync(name, cancellation);
        }

        await authority.InstallAsync(other, Directory, names, cancellation);
        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };

        await UpdateAsync("nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        await Eventually.EqualAsync(
            [other.Name],
            async () => [(await fixture.Cluster.GetStatusAsync(cancellation)).PromotedNode(fixture.Shape.CloneId) ?? "nobody"],
            cancellation
        );
        var served = await other.ExecAsync(
            [
                "ovn-nbctl",
                "--timeout=30",
                "--no-leader-only",
                $"--db=ssl:{fixture.Cluster.VirtualIp}:6641",
                .. encrypted.TlsOptions,
                "ls-add",
                "by-tls-from-one-node",
            ],
            cancellationToken: cancellation
        );
        Assert.True(served.ExitCode == 0, served.Output);

        await authority.InstallAsync(lacking, Directory, names, cancellation);
        await other.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        await fixture.Invariants(encrypted).HoldAsync("the files are there", ShapeFixture.Recovery);
        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    /// <summary>No server has a file by which it could be reached, so the script has nothing to compare with.</summary>
    [Fact(Timeout = Limit)]
    [Trait(TestLength.Name, TestLength.Long)]
    public async Task Where_all_nodes_lack_the_TLS_files_the_script_puts_them_there_by_force()
    {
        var cancellation = TestContext.Current.CancellationToken;
        const string Directory = "/etc/openvswitch";
        const string New = "/root/new-files";
        string[] names = ["ovnnb", "ovnsb"];
        var first = fixture.Cluster.Nodes[0];
        var authority = new Pki(first, "/root/pki-of-all");
        await authority.CreateAsync(cancellation);
        foreach (var name in names)
        {
            await authority.IssueAsync(name, cancellation);
        }

        foreach (var node in fixture.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["sh", "-c", $"rm -f {Directory}/*.pem && mkdir -p {New}"], cancellationToken: cancellation);
            await authority.InstallAsync(node, New, names, cancellation);
        }

        await RestartAsync(cancellation);
        await UpdateAsync("nb_master_protocol=ssl sb_master_protocol=ssl", cancellation);
        await Eventually.EqualAsync(
            [.. fixture.Cluster.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal)],
            async () => await RefusedAsync(cancellation),
            cancellation
        );

        foreach (var node in fixture.Cluster.Nodes)
        {
            var script = ExampleScripts.Path("operations/replace-keys.sh");
            var refused = await node.ExecAsync([script, New], cancellationToken: cancellation);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("set FORCE=1", refused.Stderr, StringComparison.Ordinal);
            await node.ExecCheckedAsync(
                [script, New],
                environment: new Dictionary<string, string> { ["FORCE"] = "1" },
                cancellationToken: cancellation
            );
        }

        await first.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        var encrypted = fixture.Shape with
        {
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };
        await fixture.Invariants(encrypted).HoldAsync("the files are everywhere", ShapeFixture.Recovery);
        await BecomeAsync(fixture.Shape, "nb_master_protocol= sb_master_protocol=", cancellation);
    }

    /// <summary>Servers that have read keys keep them, though the files are gone: they start anew without.</summary>
    private async Task RestartAsync(CancellationToken cancellation)
    {
        await fixture
            .Cluster.Nodes[0]
            .ExecCheckedAsync(["crm_resource", "--resource", fixture.Shape.CloneId, "--restart"], cancellationToken: cancellation);
        await fixture.HoldAsync("restart");
    }

    /// <summary>Where a promotion, or the start after it, has failed for good, once nobody is promoted.</summary>
    private async Task<string[]> RefusedAsync(CancellationToken cancellation)
    {
        var status = await fixture.Cluster.GetStatusAsync(cancellation);
        var resource = fixture.Shape.Resource;
        return status.PromotedNode(fixture.Shape.CloneId) is not null
            ? []
            :
            [
                .. status
                    .FailedActions.Where(action => action.Operation == $"{resource}_promote_0" || action.Operation == $"{resource}_start_0")
                    .Select(action => action.Node)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
    }
}
