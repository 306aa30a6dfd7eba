using System.CommandLine;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Commands;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What an operator is told who names a file, a row or a node that a command cannot use.</summary>
public sealed class FileMistakesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ovndbctl-files").FullName;

    private ClusterFacts Facts =>
        CtlSamples.Healthy with
        {
            Resource = CtlSamples.Healthy.Resource with
            {
                Parameters = new Dictionary<string, string>(CtlSamples.Healthy.Resource.Parameters) { ["ovn_dbdir"] = _directory },
            },
        };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_directory_is_called_one()
    {
        var refused = Assert.Throws<CtlException>(() => SnapshotFile.Open(Facts, _directory));
        Assert.Equal(
            ($"{_directory} is a directory; give the file of a database in it", ExitStatus.Usage),
            (refused.Message, refused.Status)
        );
    }

    [Fact]
    public async Task A_name_that_only_the_current_directory_has_is_told_with_its_path()
    {
        var name = $"{Guid.NewGuid()}.db";
        const string Missing = "is set aside on this node; ovndbctl snapshots list has those that are";
        Assert.Equal($"no file {name} {Missing}", Assert.Throws<CtlException>(() => SnapshotFile.Open(Facts, name)).Message);
        await File.WriteAllTextAsync(name, "x", TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal(
                $"no file {name} {Missing}, and ./{name} is the one in the current directory",
                Assert.Throws<CtlException>(() => SnapshotFile.Open(Facts, name)).Message
            );
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Theory]
    [InlineData("--row prod", null)]
    [InlineData("--row prod test --dry-run", null)]
    [InlineData("--row prod --yes", "--yes")]
    [InlineData("--row prod --dryrun test", "--dryrun")]
    [InlineData("--row prod -n", "-n")]
    public void A_word_like_an_option_is_no_row(string words, string? refused)
    {
        var root = new RootCommand();
        root.Add(SnapshotsCommand.Create());
        Assert.Equal(
            refused is null ? [] : [$"{refused} is no option of snapshots restore; a row whose name begins with - is chosen by its UUID"],
            root.Parse($"snapshots restore FILE --table Logical_Switch {words}").Errors.Select(error => error.Message)
        );
    }

    [Theory]
    [InlineData("the file", ": copy the file to node2, and run this there")]
    [InlineData("the directory", ": copy the directory to node2, and run this there")]
    [InlineData(null, "")]
    public void TLS_wants_the_command_on_the_active_node_with_what_it_needs(string? brought, string end)
    {
        var server = new ActiveServer("node2", null, "ssl:10.0.0.9:6641", new TlsFiles("/k", "/c", "/a"));
        var refused = Assert.Throws<CtlException>(() => server.Plain(brought));
        Assert.Equal(("the servers want TLS, which ovndbctl does not speak" + end, ExitStatus.Refused), (refused.Message, refused.Status));
    }
}
