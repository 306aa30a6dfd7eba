using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class InstallationRulesTests
{
    private const string Usual = "/usr/share/ovn/scripts/ovn-ctl";
    private const string Former = "/usr/share/openvswitch/scripts/ovn-ctl";

    [Theory]
    [InlineData(Usual, new[] { Usual }, Usual)]
    [InlineData(Usual, new[] { Usual, Former }, Usual)]
    [InlineData(Usual, new[] { Former }, Former)]
    [InlineData(Former, new[] { Former, Usual }, Former)]
    [InlineData(Former, new[] { Usual }, Usual)]
    [InlineData("/opt/ovn-ctl", new[] { "/opt/ovn-ctl", Usual }, "/opt/ovn-ctl")]
    [InlineData("/opt/ovn-ctl", new[] { Usual, Former }, null)]
    [InlineData(Usual, new string[0], null)]
    public void The_configured_script_is_taken_or_the_other_usual_one(string configured, string[] there, string? taken) =>
        Assert.Equal(taken, InstallationRules.ResolveOvnCtl(configured, Only(there)));

    [Theory]
    [InlineData(FileFinding.Missing, "does not exist on this node; install OVN's central components, or write the path of OVN's ovn-ctl")]
    [InlineData(FileFinding.NotAFile, "is not a file on this node")]
    [InlineData(FileFinding.Forbidden, "cannot be read on this node")]
    [InlineData(FileFinding.Readable, "is not executable on this node")]
    public void Without_a_script_OVN_is_not_installed(FileFinding finding, string reason)
    {
        var problem = Assert.Single(InstallationRules.Check(Configured.Parameters(("ovn_ctl", "/opt/ovn-ctl")), _ => finding));
        Assert.Equal((OcfExitCode.NotInstalled, "ovn_ctl", true), (problem.Code, problem.Parameter, problem.PreventsStart));
        Assert.Contains("/opt/ovn-ctl " + reason, problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_is_no_problem()
    {
        var tls = Configured.Parameters(("nb_master_protocol", "ssl"), ("sb_master_protocol", "ssl"));
        Assert.Empty(InstallationRules.Check(tls, path => path == Usual ? FileFinding.Executable : FileFinding.Readable));
        Assert.Empty(InstallationRules.Check(tls, _ => FileFinding.Executable));
        Assert.Empty(InstallationRules.Check(Configured.Parameters(), Only(Usual)));
    }

    [Theory]
    [InlineData(FileFinding.Missing, OcfExitCode.InvalidArguments, "does not exist")]
    [InlineData(FileFinding.NotAFile, OcfExitCode.InvalidArguments, "is not a file")]
    [InlineData(FileFinding.Forbidden, OcfExitCode.InsufficientPrivileges, "cannot be read")]
    public void Every_unusable_file_of_a_TLS_server_is_told_of(FileFinding finding, OcfExitCode code, string reason)
    {
        var tls = Configured.Parameters(("nb_master_protocol", "ssl"), ("sb_master_protocol", "ssl"));
        var problems = InstallationRules.Check(tls, path => path == Usual ? FileFinding.Executable : finding);
        Assert.Equal(
            ["ovn_nb_db_privkey", "ovn_nb_db_cert", "ovn_nb_db_cacert", "ovn_sb_db_privkey", "ovn_sb_db_cert", "ovn_sb_db_cacert"],
            problems.Select(problem => problem.Parameter)
        );
        Assert.All(
            problems,
            problem =>
            {
                Assert.Equal(code, problem.Code);
                Assert.True(problem.PreventsStart);
                Assert.Contains(reason, problem.Text, StringComparison.Ordinal);
                Assert.Contains(
                    "put the PEM file there on every node, or write the file's path, or set ",
                    problem.Text,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Theory]
    [InlineData("ssl", "tcp", "nb")]
    [InlineData("tcp", "ssl", "sb")]
    public void Files_of_a_TCP_server_are_not_looked_at(string northbound, string southbound, string told)
    {
        var parameters = Configured.Parameters(("nb_master_protocol", northbound), ("sb_master_protocol", southbound));
        var problems = InstallationRules.Check(parameters, Only(Usual));
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.StartsWith($"ovn_{told}_db_", problem.Parameter, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.EndsWith($"set {told}_master_protocol to tcp", problem.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_script_and_missing_files_are_told_of_together() =>
        Assert.Equal(4, InstallationRules.Check(Configured.Parameters(("nb_master_protocol", "ssl")), _ => FileFinding.Missing).Count);

    [Fact]
    public void Files_are_seen_as_they_are()
    {
        using var folder = new TempFolder();
        Assert.Equal(FileFinding.Readable, FileFindings.Look(folder.Write("file", "")));
        File.SetUnixFileMode(folder.Write("program", ""), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(FileFinding.Executable, FileFindings.Look(folder["program"]));
        Assert.Equal(FileFinding.Missing, FileFindings.Look(folder["missing"]));
        Assert.Equal(FileFinding.Missing, FileFindings.Look(Path.Combine(folder["file"], "below a file")));
        Assert.Equal(FileFinding.NotAFile, FileFindings.Look(folder.Path));
        File.CreateSymbolicLink(folder["dangling"], folder["missing"]);
        Assert.NotEqual(FileFinding.Readable, FileFindings.Look(folder["dangling"]));
        File.CreateSymbolicLink(folder["link"], folder["file"]);
        Assert.Equal(FileFinding.Readable, FileFindings.Look(folder["link"]));
    }

    private static Func<string, FileFinding> Only(params string[] paths) =>
        path => paths.Contains(path) ? FileFinding.Executable : FileFinding.Missing;
}
