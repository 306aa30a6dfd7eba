using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Commands;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Metrics;

/// <summary>The command line of <c>ovndbctl metrics</c>, on a machine with or without a cluster.</summary>
public sealed class MetricsCommandTests
{
    [Theory]
    [InlineData("choose --textfile or --listen", "--textfile", "/tmp/ovndb.prom", "--listen", "9479")]
    [InlineData("name /tmp/ovndb.txt so", "--textfile", "/tmp/ovndb.txt")]
    [InlineData("'node1:9479' is not where one can listen", "--listen", "node1:9479")]
    public async Task A_command_line_that_makes_no_sense_is_refused_with_a_reason(string reason, params string[] arguments)
    {
        var (status, _, error) = await RunAsync(arguments);
        Assert.Equal(ExitStatus.Usage, status);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_replaced_whole_and_others_may_read_it()
    {
        var directory = Directory.CreateTempSubdirectory("ovndbctl-");
        try
        {
            var path = Path.Combine(directory.FullName, "ovndb.prom");
            await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
            Assert.Equal((ExitStatus.Ok, "", ""), await RunAsync("--textfile", path));
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.StartsWith("# HELP ovndb_build_info ", text, StringComparison.Ordinal);
            Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                File.GetUnixFileMode(path) & (UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
            );
            Assert.Equal([path], Directory.GetFileSystemEntries(directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_directory_that_is_missing_is_told_with_what_to_do()
    {
        var (status, _, error) = await RunAsync("--textfile", "/nowhere/ovndb.prom");
        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains("--collector.textfile.directory", error, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CtlCommand.RunAsync(["metrics", .. arguments], output, error);
        return (status, output.ToString(), error.ToString());
    }
}
