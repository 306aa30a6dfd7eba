using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace OvndbOcf.ClusterTests.Packages;

/// <summary>The checkers of Debian and of rpm find nothing in the packages that is not explained beside their sources.</summary>
public sealed class PackageCheckTests
{
    [Theory(Timeout = 300_000)]
    [InlineData("check-deb", "ovndb-ocf_*.deb")]
    [InlineData("check-rpm", "ovndb-ocf-*.rpm")]
    public async Task The_checker_finds_nothing(string checker, string packages)
    {
        var files = Directory.GetFiles(Path.Combine(AgentPackage.Root, "out", "packages"), packages);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var result = await Cli.Wrap(Path.Combine(AgentPackage.Root, "agent", "packaging", checker))
                .WithArguments([file])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
            Assert.True(result.ExitCode == 0, $"{file}:\n{result.StandardOutput}{result.StandardError}");
        }
    }
}
