using OvndbOcf.ClusterTests.Packages;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>The package on a machine of its own, in every order in which it and OVN's package may come, go and change; on a cluster that runs, see Lifecycle/PackageTests.</summary>
public abstract class PackageInImageTests(NodeImage image)
{
    private readonly PackageSteps steps = new(image);

    /// <summary>Each step begins with what the one before it left.</summary>
    [Fact(Timeout = 300_000)]
    public async Task The_place_is_kept_through_everything_and_given_back()
    {
        await image.CopyInAsync(AgentPackage.BuiltFile, AgentPackage.OnNode).WaitAsync(TestContext.Current.CancellationToken);
        await steps.DoAsync(OvnCommon.Repack);
        var version = (await steps.DoAsync(OvnCommon.Place, "--version")).Trim();

        // As Debian's package leaves it. The image has the agent there.
        await steps.DoAsync("ln", "-sf", OvnCommon.DebiansTarget, OvnCommon.Place);
        var shellAgent = await steps.DoAsync("sha256sum", OvnCommon.UpstreamsTarget);

        await steps.DoAsync("dpkg", "--install", AgentPackage.OnNode);
        await steps.AssertLeadsHereAsync();
        await steps.WatchedAsync(version, OvnCommon.ConfigureOften);
        await steps.WatchedAsync(version, "dpkg", "--install", OvnCommon.Same);
        await steps.WatchedAsync(version, "dpkg", "--install", OvnCommon.Newer);
        await steps.WatchedAsync(version, "dpkg", "--install", AgentPackage.OnNode);
        await steps.AssertLeadsHereAsync();

        // These delete the place's directory. What runs at the end of dpkg's run puts it back.
        await steps.DoAsync("dpkg", "--remove", "--force-depends", "ovn-common");
        await steps.AssertLeadsHereAsync();
        await steps.DoAsync("dpkg", "--purge", "--force-depends", "ovn-common");
        await steps.AssertLeadsHereAsync();

        // The other order: OVN comes second.
        await steps.WatchedAsync(version, "dpkg", "--install", OvnCommon.Same);
        await steps.AssertLeadsHereAsync();
        Assert.Equal(OvnCommon.DebiansTarget, (await steps.DoAsync("readlink", OvnCommon.Place)).Trim());

        await steps.DoAsync("dpkg", "--purge", "ovndb-ocf");
        Assert.Equal(OvnCommon.DebiansTarget, (await steps.DoAsync("readlink", OvnCommon.Place)).Trim());
        Assert.NotEqual(0, (await image.RunAsync("test", "-e", OvnCommon.DebiansTarget)).ExitCode);
        Assert.Equal(shellAgent, await steps.DoAsync("sha256sum", OvnCommon.UpstreamsTarget));
        Assert.DoesNotContain("ovndb-servers", await steps.DoAsync("dpkg-divert", "--list"), StringComparison.Ordinal);
        Assert.Equal("", await steps.DoAsync("find", "/usr", "-name", "*ovndb-servers*.distrib"));
        Assert.NotEqual(0, (await image.RunAsync("test", "-e", "/usr/lib/ovndb-ocf")).ExitCode);

        // An agent that was put there by hand comes back, too.
        await steps.DoAsync("cp", "--remove-destination", OvnCommon.UpstreamsTarget, OvnCommon.Place);
        await steps.DoAsync("dpkg", "--install", AgentPackage.OnNode);
        await steps.AssertLeadsHereAsync();
        Assert.Equal("ovndb-servers", (await steps.DoAsync("ls", Path.GetDirectoryName(OvnCommon.Place)!)).Trim());
        await steps.DoAsync("dpkg", "--remove", "ovndb-ocf");
        await steps.DoAsync("cmp", OvnCommon.UpstreamsTarget, OvnCommon.Place);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_package_has_what_it_should()
    {
        await image.CopyInAsync(AgentPackage.BuiltFile, "/tmp/contents.deb").WaitAsync(TestContext.Current.CancellationToken);
        var contents = await steps.DoAsync("dpkg-deb", "--contents", "/tmp/contents.deb");
        string[] expected =
        [
            " ./usr/lib/ovndb-ocf/ovndb-servers",
            " ./usr/lib/ovndb-ocf/agent-place",
            " ./usr/sbin/ovndbctl",
            " ./usr/share/bash-completion/completions/ovndbctl",
            " ./usr/share/zsh/vendor-completions/_ovndbctl",
            " ./usr/share/fish/vendor_completions.d/ovndbctl.fish",
            " ./usr/lib/systemd/system/ovndbctl-listen.service",
            " ./usr/lib/systemd/system/ovndbctl-metrics.service",
            " ./usr/lib/systemd/system/ovndbctl-metrics.timer",
            " ./usr/share/resource-agents/ovndb-servers.dtd",
            " ./usr/share/man/man7/ocf_ovn_ovndb-servers.7.gz",
            " ./usr/share/man/man8/ovndbctl.8.gz",
            " ./usr/share/doc/ovndb-ocf/copyright",
            " ./usr/share/doc/ovndb-ocf/dotnet-third-party-notices.gz",
            " ./usr/share/doc/ovndb-ocf/changelog.gz",
            " ./usr/share/doc/ovndb-ocf/docs/messages.md",
            " ./usr/share/doc/ovndb-ocf/docs/prometheus/ovndb-alerts.yml",
            " ./usr/share/doc/ovndb-ocf/docs/prometheus/ovndb-dashboard.json",
            " ./usr/share/doc/ovndb-ocf/pcs-examples/virtual-ip.sh",
        ];
        Assert.All(expected, file => Assert.Contains(file + "\n", contents, StringComparison.Ordinal));
        Assert.DoesNotContain("./usr/lib/ocf", contents, StringComparison.Ordinal);
    }
}

public sealed class BookwormPackageInImageTests(BookwormImage image) : PackageInImageTests(image), IClassFixture<BookwormImage>;

public sealed class TrixiePackageInImageTests(TrixieImage image) : PackageInImageTests(image), IClassFixture<TrixieImage>;
