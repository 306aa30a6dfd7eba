using System.Diagnostics;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Completion;

/// <summary>agent/packaging/completion has what the commands have.</summary>
public sealed class CompletionTests
{
    private static readonly string Folder = Path.Combine(Product.Root(), "agent", "packaging", "completion");

    [Fact]
    public void The_files_are_those_of_the_commands()
    {
        var written = CompletionScripts.Write(CommandShape.Ovndbctl());
        var wanted = Path.Combine(Product.Root(), "out", "completion");
        Directory.CreateDirectory(wanted);
        foreach (var (name, text) in written)
        {
            File.WriteAllText(Path.Combine(wanted, name), text);
        }

        Assert.Equal(written.Keys.Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.All(
            written,
            file =>
                Assert.True(
                    File.ReadAllText(Path.Combine(Folder, file.Key)) == file.Value,
                    $"{file.Key} is not up to date: copy {wanted}/{file.Key} to {Folder}"
                )
        );
    }

    [Theory]
    [InlineData("ovndbctl sw", "switchover")]
    [InlineData("ovndbctl list --w", "--watch")]
    [InlineData("ovndbctl list --output ", "json table")]
    [InlineData("ovndbctl check --severity w", "warning")]
    [InlineData("ovndbctl metrics --t", "--textfile")]
    [InlineData("ovndbctl snapshots s", "show")]
    [InlineData("ovndbctl snapshots list --o", "--output")]
    [InlineData("ovndbctl snapshots diff /etc/os-rel", "/etc/os-release")]
    [InlineData("ovndbctl why node", "node1 node2")]
    [InlineData("ovndbctl switchover --to node2", "node2")]
    [InlineData("ovndbctl switchover --timeout ", "")]
    [InlineData("ovndbctl switchover --dry-run --al", "--allow-loss")]
    public async Task Bash_completes(string line, string words)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "--norc",
                "-c",
                """
                    crm_node() { printf '%s\n' '1 node1 member' '2 node2 member'; }
                    . "$1"
                    shift
                    COMP_WORDS=("$@")
                    COMP_CWORD=$(($# - 1))
                    _ovndbctl
                    echo "${COMPREPLY[@]}"
                    """,
                "complete",
                Path.Combine(Folder, "ovndbctl.bash"),
            },
            RedirectStandardOutput = true,
        };
        foreach (var word in line.Split(' '))
        {
            start.ArgumentList.Add(word);
        }

        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, words), (bash.ExitCode, output.Trim()));
    }
}
