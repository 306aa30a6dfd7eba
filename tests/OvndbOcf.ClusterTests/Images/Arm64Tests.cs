using System.Text.RegularExpressions;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>The executable for arm64, in an emulator (qemu-user): it does what the one for this machine does.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed partial class BookwormArm64Tests(Arm64Image arm64, BookwormImage native)
    : IClassFixture<Arm64Image>,
        IClassFixture<BookwormImage>
{
    private const string Servers = "timeout 20 /usr/share/ovn/scripts/ovn-ctl --db-nb-addr=127.0.0.1 --db-sb-addr=127.0.0.1 ";

    [Fact(Timeout = 60_000)]
    public async Task It_is_an_executable_for_arm64()
    {
        var header = await arm64
            .RunCheckedAsync("od", "-A", "n", "-t", "x1", "-j", "18", "-N", "2", NodeImage.Agent)
            .WaitAsync(TestContext.Current.CancellationToken);

        // EM_AARCH64, see elf(5).
        Assert.Equal("b7 00", header.Trim());
    }

    [Fact(Timeout = 60_000)]
    public Task It_describes_itself_in_the_same_words() =>
        AssertTheSameAsync(0, "meta-data").WaitAsync(TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task It_takes_a_good_configuration() =>
        AssertTheSameAsync(0, "validate-all", "OCF_RESKEY_master_ip=10.0.0.9").WaitAsync(TestContext.Current.CancellationToken);

    [Theory(Timeout = 60_000)]
    [InlineData("OCF_RESKEY_master_ip=10.0.0.999")]
    [InlineData("OCF_RESKEY_master_ip=10.0.0.9", "OCF_RESKEY_nb_master_port=70000")]
    [InlineData("OCF_RESKEY_master_ip=10.0.0.9", "OCF_RESKEY_ovn_rundir=run")]
    public Task It_refuses_a_bad_one_for_the_same_reason(params string[] parameters) =>
        AssertTheSameAsync(6, "validate-all", parameters).WaitAsync(TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_probe_finds_nothing_where_nothing_runs() =>
        AssertTheSameAsync(7, "monitor", Probe).WaitAsync(TestContext.Current.CancellationToken);

    [Fact(Timeout = 120_000)]
    public async Task A_probe_finds_the_servers_that_run()
    {
        foreach (var image in new NodeImage[] { arm64, native })
        {
            await image.RunCheckedAsync("sh", "-ec", Servers + "start_nb_ovsdb; " + Servers + "start_sb_ovsdb");
        }

        try
        {
            // Active ones, which nobody has promoted. Without a cluster its messages are about tools that do not answer, in the words of this container.
            var (expected, emulated) = await RunAsync("monitor", Probe).WaitAsync(TestContext.Current.CancellationToken);
            Assert.True(expected.ExitCode == 8, expected.Output);
            Assert.True(emulated.ExitCode == 8, emulated.Output);
        }
        finally
        {
            foreach (var image in new NodeImage[] { arm64, native })
            {
                await image.RunAsync("sh", "-c", Servers + "stop_nb_ovsdb; " + Servers + "stop_sb_ovsdb");
            }
        }
    }

    private static readonly string[] Probe = ["OCF_RESKEY_master_ip=10.0.0.9", "OCF_RESKEY_CRM_meta_interval=0"];

    private async Task AssertTheSameAsync(int exitCode, string action, params string[] variables)
    {
        var (expected, emulated) = await RunAsync(action, variables);
        Assert.True(expected.ExitCode == exitCode, expected.Output);
        Assert.Equal(
            (expected.ExitCode, expected.Stdout, Messages(expected.Stderr)),
            (emulated.ExitCode, emulated.Stdout, Messages(emulated.Stderr))
        );
    }

    private async Task<(ExecResult Native, ExecResult Emulated)> RunAsync(string action, params string[] variables)
    {
        string[] environment = ["env", "OCF_ROOT=/usr/lib/ocf", "OCF_RESOURCE_INSTANCE=ovndb", .. variables];
        return (
            await native.RunAsync([.. environment, NodeImage.Agent, action]),
            await arm64.RunAsync([.. environment, "qemu-aarch64-static", NodeImage.Agent, action])
        );
    }

    private static string Messages(string log) => Stamp().Replace(log, "");

    // The process and the time in front of a message.
    [GeneratedRegex(@"\[\d+\]: \w+ \d+ [\d:]+")]
    private static partial Regex Stamp();
}

/// <summary>The image that <c>container/setup/build-arm64-image</c> leaves.</summary>
public sealed class Arm64Image() : NodeImage("localhost/ovndb-ocf/arm64:bookworm");
