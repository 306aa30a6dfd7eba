using System.Diagnostics;
using OvndbOcf.UnitTests.Layout;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Packaging;

/// <summary>What a release is made of, and what is refused; in a repository with the scripts of this one, whose builds write a line instead of packages.</summary>
public sealed class ReleaseTests : IDisposable
{
    private static readonly string[] Scripts = ["agent/packaging/build-release", "agent/packaging/version", "container/setup/common.bash"];

    private const string Builds = """
        deb:
        \tmkdir -p out/packages
        \techo "$(ARCHITECTURE) $(SOURCE_DATE_EPOCH) $(RestoreLockedMode) $$(cat source)" > out/packages/ovndb-ocf_$(ARCHITECTURE).deb
        rpm:
        \techo "$(MAINTAINER)" > out/packages/ovndb-ocf.$(ARCHITECTURE).rpm

        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("## Unreleased (1.2.3)")]
    [InlineData("## 1.2.3")]
    [InlineData("## 1.2.3 (soon)")]
    [InlineData("## 1.2.4 (2027-01-31)")]
    [InlineData("## 1x2.3 (2027-01-31)")]
    [InlineData("## 11.2.3 (2027-01-31)")]
    [InlineData("# 1.2.3 (2027-01-31)")]
    public async Task Without_its_heading_in_the_change_log_there_is_no_release_and_the_former_one_stays(string heading)
    {
        await CommitAsync(heading);
        Directory.CreateDirectory(folder["release"]);
        folder.Write("release/former", "");
        var (status, _, error) = await ReleaseAsync();
        Assert.Equal(1, status);
        Assert.Contains("CHANGELOG.md of the last commit has no heading '## 1.2.3 (YYYY-MM-DD)'", error, StringComparison.Ordinal);
        Assert.Equal([folder["release/former"]], Directory.GetFiles(folder["release"]));
    }

    [Fact]
    public async Task A_heading_that_is_not_committed_does_not_count()
    {
        await CommitAsync("## Unreleased (1.2.3)");
        folder.Write("tree/CHANGELOG.md", "## 1.2.3 (2027-01-31)\n");
        var (status, _, error) = await ReleaseAsync();
        Assert.Equal(1, status);
        Assert.Contains("has no heading", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_the_last_commit_for_both_architectures_with_check_sums()
    {
        await CommitAsync("## 1.2.3 (2027-01-31)");
        folder.Write("tree/source", "not committed");
        Directory.CreateDirectory(folder["release"]);
        folder.Write("release/former", "");
        var (status, output, error) = await ReleaseAsync();
        Assert.True(status == 0, output + error);
        Assert.Contains("what is not committed is not in the release", error, StringComparison.Ordinal);
        Assert.Contains("somebody@nowhere.invalid>, whom nobody can reach", error, StringComparison.Ordinal);

        string[] architectures = File.Exists("/lib/ld-linux-aarch64.so.1") ? ["arm64"] : ["amd64", "arm64"];
        string[] expected =
        [
            .. architectures.Select(architecture => $"ovndb-ocf.{architecture}.rpm"),
            .. architectures.Select(architecture => $"ovndb-ocf_{architecture}.deb"),
            "ovndb-ocf-1.2.3.tar.gz",
            "ovndb-ocf-1.2.3.cdx.json",
        ];
        var sums = await File.ReadAllLinesAsync(folder["release/SHA256SUMS"], TestContext.Current.CancellationToken);
        Assert.Equal(expected.Order(), sums.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 2)..]).Order());
        Assert.Equal(
            [.. expected.Append("SHA256SUMS").Order()],
            Directory.GetFiles(folder["release"]).Select(file => Path.GetFileName(file)).Order()
        );
        Assert.All(
            architectures,
            architecture =>
            {
                // 2027-01-31 12:00 UTC, when the commit was made.
                Assert.Equal(
                    $"{architecture} 1801396800 true committed\n",
                    File.ReadAllText(folder[$"release/ovndb-ocf_{architecture}.deb"])
                );
                Assert.Equal("Somebody <somebody@nowhere.invalid>\n", File.ReadAllText(folder[$"release/ovndb-ocf.{architecture}.rpm"]));
            }
        );
    }

    private async Task CommitAsync(string heading)
    {
        foreach (var script in Scripts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder["tree/" + script])!);
            File.Copy(Path.Combine(Product.Root(), script), folder["tree/" + script]);
        }

        folder.Script("tree/agent/packaging/list-parts", "echo '{}'");
        folder.Write("tree/Directory.Build.props", "<Project><PropertyGroup>\n<Version>1.2.3</Version>\n</PropertyGroup></Project>\n");
        folder.Write("tree/CHANGELOG.md", $"# Changes\n\n{heading}\n\n- Something.\n");
        folder.Write("tree/Makefile", Builds.Replace("\\t", "\t", StringComparison.Ordinal));
        folder.Write("tree/source", "committed");
        await GitAsync("init", "--quiet");
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@localhost.invalid", "commit", "--quiet", "--message", "All of it");
    }

    private async Task GitAsync(params string[] arguments)
    {
        var (status, output, error) = await RunAsync("git", ["-C", folder["tree"], .. arguments]);
        Assert.True(status == 0, output + error);
    }

    private Task<(int Status, string Output, string Error)> ReleaseAsync() =>
        RunAsync(folder["tree/agent/packaging/build-release"], [folder["release"]]);

    private static async Task<(int Status, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAINTAINER"] = "Somebody <somebody@nowhere.invalid>";
        start.Environment["GIT_COMMITTER_DATE"] = start.Environment["GIT_AUTHOR_DATE"] = "2027-01-31T12:00:00Z";
        // What a caller like git itself or make would pass on.
        foreach (
            var name in start
                .Environment.Keys.Where(name => name is "GIT_DIR" or "GIT_WORK_TREE" or "GIT_INDEX_FILE" or "MAKEFLAGS" or "MFLAGS")
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
