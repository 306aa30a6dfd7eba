using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>The installed agent, seen through the tools that operators use.</summary>
public abstract class AgentInImageTests(NodeImage image)
{
    private const string Name = "ocf:ovn:ovndb-servers";

    /// <summary>The parameters of OVN's shell agent with their defaults, and those for the directories; null where there is no default.</summary>
    private static readonly (string Name, string? Default)[] Parameters =
    [
        ("ovn_ctl", "/usr/share/ovn/scripts/ovn-ctl"),
        ("master_ip", null),
        ("nb_master_port", "6641"),
        ("nb_master_protocol", "tcp"),
        ("sb_master_port", "6642"),
        ("sb_master_protocol", "tcp"),
        ("manage_northd", "no"),
        ("inactive_probe_interval", "5000"),
        ("inactive_probe_interval_to_master", "60000"),
        ("listen_on_master_ip_only", "yes"),
        ("ovn_nb_db_privkey", "/etc/openvswitch/ovnnb-privkey.pem"),
        ("ovn_nb_db_cert", "/etc/openvswitch/ovnnb-cert.pem"),
        ("ovn_nb_db_cacert", "/etc/openvswitch/cacert.pem"),
        ("ovn_sb_db_privkey", "/etc/openvswitch/ovnsb-privkey.pem"),
        ("ovn_sb_db_cert", "/etc/openvswitch/ovnsb-cert.pem"),
        ("ovn_sb_db_cacert", "/etc/openvswitch/cacert.pem"),
        ("ovn_rundir", "/var/run/ovn"),
        ("ovn_dbdir", null),
        ("ovn_logdir", null),
        ("ovn_sysconfdir", null),
    ];

    /// <summary>Whether this pcs shows defaults.</summary>
    protected abstract bool PcsShowsDefaults { get; }

    [Fact(Timeout = 120_000)]
    public async Task Ocf_tester_passes()
    {
        var result = await image
            .RunAsync(
                TimeSpan.FromSeconds(100),
                "ocf-tester",
                "-n",
                "ovndb",
                "-o",
                "master_ip=10.0.0.9",
                "-o",
                "manage_northd=yes",
                NodeImage.Agent
            )
            .WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.EndsWith("passed all tests", result.Stdout.TrimEnd(), StringComparison.Ordinal);

        // Notes about what an agent lacks, which are no failures, begin with a star.
        var notes = result.Stdout.Split('\n').Where(line => line.StartsWith('*')).Select(line => line.Trim());
        Assert.All(notes, note => Assert.Contains("(optional)", note, StringComparison.Ordinal));
        Assert.DoesNotContain("notify", result.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("promot", result.Stdout, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_meta_data_is_valid_under_the_schema_of_OCF_1_1()
    {
        var metaData = await image.RunCheckedAsync(NodeImage.Agent, "meta-data").WaitAsync(TestContext.Current.CancellationToken);
        var result = await image.RunWithInputAsync(
            metaData,
            "xmllint",
            "--noout",
            "--nonet",
            "--relaxng",
            "/usr/share/pcs/data/ocf-1.1.rng",
            "-"
        );
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Pacemaker_reads_the_meta_data_without_a_complaint()
    {
        var metaData = await image.RunCheckedAsync(NodeImage.Agent, "meta-data").WaitAsync(TestContext.Current.CancellationToken);
        await image.RunWithInputAsync(metaData, "install", "/dev/stdin", "/tmp/meta-data.xml");
        var result = await image
            .RunAsync("crm_diff", "--original", "/tmp/meta-data.xml", "--new", "/tmp/meta-data.xml")
            .WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<diff", result.Stdout, StringComparison.Ordinal);
        Assert.Equal("", result.Stderr.Trim());
    }

    [Fact(Timeout = 60_000)]
    public async Task Pcs_lists_the_agent()
    {
        var agents = await image.RunCheckedAsync("pcs", "resource", "agents", "ocf:ovn").WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ovndb-servers", agents.Trim());
    }

    [Fact(Timeout = 60_000)]
    public async Task Pcs_describes_every_parameter()
    {
        var text = await image.RunCheckedAsync("pcs", "resource", "describe", Name).WaitAsync(TestContext.Current.CancellationToken);
        var lines = text.Split('\n');
        foreach (var (name, preset) in Parameters)
        {
            var at = Array.FindIndex(
                lines,
                line =>
                    line == $"  {name}"
                    || line.StartsWith($"  {name}:", StringComparison.Ordinal)
                    || line.StartsWith($"  {name} (", StringComparison.Ordinal)
            );
            Assert.True(at >= 0, $"{name} is missing in:\n{text}");
            Assert.Equal(name == "master_ip", lines[at].Contains("(required)", StringComparison.Ordinal));
            if (PcsShowsDefaults && preset is not null)
            {
                Assert.Contains($"    Default: {preset}", lines[at..Math.Min(at + 4, lines.Length)]);
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Crmsh_describes_every_parameter_and_its_default()
    {
        var text = await image.RunCheckedAsync("crm", "ra", "info", Name).WaitAsync(TestContext.Current.CancellationToken);
        foreach (var (name, preset) in Parameters)
        {
            var line = text.Split('\n')
                .FirstOrDefault(line =>
                    line.StartsWith($"{name} (", StringComparison.Ordinal) || line.StartsWith($"{name}* (", StringComparison.Ordinal)
                );
            Assert.True(line is not null, $"{name} is missing in:\n{text}");
            Assert.Equal(name == "master_ip", line.Contains("* (", StringComparison.Ordinal));
            Assert.Equal(preset is not null, line.Contains($"[{preset}]", StringComparison.Ordinal));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Pcs_refuses_a_second_resource_with_a_port_or_directory_of_the_first()
    {
        await EmptyCibAsync(TestContext.Current.CancellationToken);
        var first = await CreateAsync("ovndb", "master_ip=10.0.0.9", "nb_master_port=7641", "ovn_rundir=/srv/run", "ovn_logdir=/srv/log");
        Assert.True(first.ExitCode == 0, first.Output);
        foreach (var shared in new[] { "nb_master_port=7641", "ovn_rundir=/srv/run" })
        {
            var refused = await CreateAsync("second", "master_ip=10.0.0.10", shared);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(shared.Split('=')[0], refused.Output, StringComparison.Ordinal);
        }

        var second = await CreateAsync(
            "second",
            "master_ip=10.0.0.10",
            "nb_master_port=8641",
            "ovn_rundir=/srv/run2",
            "ovn_logdir=/srv/log"
        );
        Assert.True(second.ExitCode == 0, second.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Pcs_refuses_wrong_values_with_the_reasons_of_the_agent()
    {
        await EmptyCibAsync(TestContext.Current.CancellationToken);
        var refused = await CreateAsync("ovndb", "master_ip=10.0.0.999", "nb_master_port=70000", "sb_master_protocol=udp");
        Assert.NotEqual(0, refused.ExitCode);
        foreach (var reason in new[] { "'10.0.0.999' is not an IP address", "'70000' is not a TCP port", "'udp' is not a protocol" })
        {
            Assert.Contains(reason, refused.Output, StringComparison.Ordinal);
        }

        var accepted = await CreateAsync("ovndb", "master_ip=10.0.0.9");
        Assert.True(accepted.ExitCode == 0, accepted.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Pacemaker_tells_what_is_wrong_with_a_configuration()
    {
        var result = await image
            .RunAsync(
                "crm_resource",
                "--validate",
                "--class",
                "ocf",
                "--provider",
                "ovn",
                "--agent",
                "ovndb-servers",
                "--option",
                "master_ip=10.0.0.9",
                "--option",
                "manage_northd=perhaps"
            )
            .WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("manage_northd: 'perhaps' is not a boolean; write yes or no", result.Output, StringComparison.Ordinal);
    }

    private async Task EmptyCibAsync(CancellationToken cancellationToken)
    {
        var empty = await image.RunCheckedAsync("cibadmin", "--empty").WaitAsync(cancellationToken);
        await image.RunWithInputAsync(empty, "install", "/dev/stdin", "/tmp/cib.xml");
    }

    private Task<ExecResult> CreateAsync(string resource, params string[] options) =>
        image.RunAsync([
            "pcs",
            "-f",
            "/tmp/cib.xml",
            "resource",
            "create",
            resource,
            Name,
            .. options,
            "promotable",
            "notify=true",
            "--agent-validation",
        ]);
}

public sealed class BookwormAgentInImageTests(BookwormImage image) : AgentInImageTests(image), IClassFixture<BookwormImage>
{
    protected override bool PcsShowsDefaults => false;
}

public sealed class TrixieAgentInImageTests(TrixieImage image) : AgentInImageTests(image), IClassFixture<TrixieImage>
{
    protected override bool PcsShowsDefaults => true;
}
