using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.ClusterTests.Support;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>The package for Fedora on a machine where rpm installs it, beside a package with those files of OVN's that the two meet in.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormRpmPackageInImageTests(RpmImage image) : IClassFixture<RpmImage>
{
    private const string Package = "/tmp/ovndb-ocf.rpm";
    private readonly PackageSteps steps = new(image);

    /// <summary>Each step begins with what the one before it left.</summary>
    [Fact(Timeout = 300_000)]
    public async Task The_place_is_kept_through_everything_and_given_back()
    {
        await image.CopyInAsync(AgentPackage.BuiltRpm, Package).WaitAsync(TestContext.Current.CancellationToken);
        await steps.DoAsync(OvnRpm.Build);
        var version = (await steps.DoAsync(OvnCommon.Place, "--version")).Trim();
        await RpmAsync("--install", OvnRpm.Former);
        await AssertOvnsAsync();

        // Debian's rpm asks for the name of a package that Debian does not have.
        await RpmAsync("--install", Package);
        await steps.AssertLeadsHereAsync();
        await AssertWorksAsync(version);

        // OVN's files come back for a moment, and are kept aside at the end.
        await RpmAsync("--upgrade", OvnRpm.Newer);
        await steps.AssertLeadsHereAsync();
        await steps.WatchedAsync(version, "rpm", "--upgrade", "--nodeps", "--replacepkgs", Package);
        await steps.AssertLeadsHereAsync();
        await RpmAsync("--erase", "ovn");
        await steps.AssertLeadsHereAsync();

        // The other order: OVN comes second.
        await RpmAsync("--install", OvnRpm.Newer);
        await steps.AssertLeadsHereAsync();
        await AssertWorksAsync(version);

        await RpmAsync("--erase", "ovndb-ocf");
        await AssertOvnsAsync();
        Assert.Equal("", await steps.DoAsync("find", "/usr", "-name", "*ovndb-servers*.distrib"));
        foreach (var gone in new[] { OvnCommon.DebiansTarget, "/usr/lib/ovndb-ocf", "/usr/sbin/ovndbctl" })
        {
            Assert.NotEqual(0, (await image.RunAsync("test", "-e", gone)).ExitCode);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_package_has_what_it_should()
    {
        await image.CopyInAsync(AgentPackage.BuiltRpm, "/tmp/contents.rpm").WaitAsync(TestContext.Current.CancellationToken);
        var contents = (await steps.DoAsync("rpm", "--query", "--list", "--package", "/tmp/contents.rpm")).Split('\n');
        string[] expected =
        [
            "/usr/lib/ovndb-ocf/ovndb-servers",
            "/usr/lib/ovndb-ocf/agent-place",
            "/usr/sbin/ovndbctl",
            "/usr/share/bash-completion/completions/ovndbctl",
            "/usr/share/zsh/site-functions/_ovndbctl",
            "/usr/share/fish/vendor_completions.d/ovndbctl.fish",
            "/usr/lib/systemd/system/ovndbctl-listen.service",
            "/usr/lib/systemd/system/ovndbctl-metrics.timer",
            "/usr/share/resource-agents/ovndb-servers.dtd",
            "/usr/share/man/man7/ocf_ovn_ovndb-servers.7.gz",
            "/usr/share/man/man8/ovndbctl.8.gz",
            "/usr/share/doc/ovndb-ocf/copyright",
            "/usr/share/doc/ovndb-ocf/dotnet-third-party-notices.gz",
            "/usr/share/doc/ovndb-ocf/docs/messages.md",
            "/usr/share/doc/ovndb-ocf/pcs-examples/virtual-ip.sh",
        ];
        Assert.All(expected, file => Assert.Contains(file, contents));
        Assert.DoesNotContain(contents, file => file.StartsWith("/usr/lib/ocf", StringComparison.Ordinal));
    }

    private Task<string> RpmAsync(string action, string what) => steps.DoAsync("rpm", action, "--nodeps", what);

    /// <summary>Both executables start, and the agent is one for Pacemaker.</summary>
    private async Task AssertWorksAsync(string version)
    {
        Assert.Equal(version, (await steps.DoAsync(OvnCommon.Place, "--version")).Trim());
        Assert.Contains(
            "<resource-agent name=\"ovndb-servers\"",
            await steps.DoAsync("env", "OCF_ROOT=/usr/lib/ocf", OvnCommon.Place, "meta-data"),
            StringComparison.Ordinal
        );
        await steps.DoAsync("ovndbctl", "--version");
    }

    /// <summary>Everything is as OVN's package has it.</summary>
    private async Task AssertOvnsAsync()
    {
        Assert.Equal(OvnCommon.UpstreamsTarget, (await steps.DoAsync("readlink", OvnCommon.Place)).Trim());
        Assert.Equal("", await steps.DoAsync("rpm", "--verify", "--nodeps", "ovn"));
    }
}

/// <summary>The image that <c>container/setup/build-rpm-image</c> leaves.</summary>
public sealed class RpmImage() : NodeImage("localhost/ovndb-ocf/rpm:bookworm");
