using System.Diagnostics;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>What came of running the executable.</summary>
internal sealed record AgentResult(int Code, string Output, string Error)
{
    /// <summary>The lines on stderr.</summary>
    public string[] Messages => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one exit reason; null if there is none.</summary>
    public string? Reason
    {
        get
        {
            const string Prefix = "ocf-exit-reason:";
            var reasons = Messages.Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
            Assert.InRange(reasons.Count, 0, 1);
            return reasons.Count == 0 ? null : reasons[0][Prefix.Length..];
        }
    }
}

/// <summary>
/// Runs the native executable as Pacemaker does, with directories of the test's own: a run directory, and a directory of tools that record
/// how they are called in place of Pacemaker's.
/// </summary>
internal sealed class AgentRun : IDisposable
{
    /// <summary>The call that takes this instance's score away.</summary>
    public const string ScoreDeleted = "attrd_updater|--name|master-ovndb|--delete|--node|ctl-1";

    /// <summary>The call that reads what the cluster knows of promotions, and the score.</summary>
    public const string RecordRead =
        "cibadmin|--query|--xpath|//crm_config/cluster_property_set[@id='ovn_ovsdb_master_server']"
        + " | //node_state[@uname='ctl-1']/transient_attributes//nvpair[@name='master-ovndb']";

    private readonly Dictionary<string, string> _variables;
    private readonly TempFolder _root = new();

    public AgentRun()
    {
        Directory.CreateDirectory(_root["resource.d/ovn"]);
        File.CreateSymbolicLink(Place, Executable);
        Folder.RecordingScript("attrd_updater");
        Folder.RecordingScript("crm_node");

        // A cluster where nobody was ever promoted: the set of properties is not there.
        Folder.RecordingScript("cibadmin", "[ \"$1\" != --query ] || exit 105");
        _variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["OCF_ROOT"] = _root.Path,
            ["HA_SBIN_DIR"] = Folder.Path,
            ["HA_RSCTMP"] = Folder.Path,
            ["OCF_RESOURCE_INSTANCE"] = "ovndb:0",
            ["OCF_RESKEY_CRM_meta_on_node"] = "ctl-1",
            ["OCF_RESKEY_CRM_meta_timeout"] = "20000",
            ["OCF_RESKEY_crm_feature_set"] = "3.16.1",
            ["OCF_RESKEY_master_ip"] = "10.0.0.9",
            ["OCF_RESKEY_ovn_rundir"] = Folder.Path,
            ["OCF_RESKEY_ovn_dbdir"] = Folder.Path,
            ["OCF_RESKEY_ovn_sysconfdir"] = Folder.Path,
            ["OCF_RESKEY_ovn_ctl"] = Folder["no-ovn-ctl"],
        };
    }

    public TempFolder Folder { get; } = new();

    /// <summary>Where Pacemaker would look for the agent: a link to the executable.</summary>
    public string Place => _root["resource.d/ovn/ovndb-servers"];

    /// <summary>How Pacemaker's tools were called, in alphabetical order: some calls are made side by side.</summary>
    public string[] Calls => [.. Folder.Calls.Order(StringComparer.Ordinal)];

    /// <summary>The built executable.</summary>
    public static string Executable
    {
        get
        {
            TestNeeds.AssertSaid(TestNeeds.Agent);
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "OvndbOcf.sln")))
            {
                directory = directory.Parent;
            }

            Assert.True(directory is not null, $"{AppContext.BaseDirectory} is not below the folder of OvndbOcf.sln");
            var executable = Path.Combine(directory.FullName, "out", "ovndb-servers");
            Assert.True(File.Exists(executable), $"{executable} does not exist: run make build");
            return executable;
        }
    }

    /// <summary>Sets a parameter, or with an empty value removes it.</summary>
    public AgentRun With(string parameter, string value) => WithVariable("OCF_RESKEY_" + parameter, value);

    /// <summary>Sets one of Pacemaker's meta variables.</summary>
    public AgentRun WithMeta(string name, string value) => WithVariable("OCF_RESKEY_CRM_meta_" + name, value);

    /// <summary>Sets any variable.</summary>
    public AgentRun WithVariable(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    /// <summary>Runs it.</summary>
    public Task<AgentResult> RunAsync(params string[] arguments) => RunAsync(Executable, arguments);

    /// <summary>Runs a copy of it.</summary>
    public async Task<AgentResult> RunAsync(string executable, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder.Path,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new AgentResult(process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        Folder.Dispose();
        _root.Dispose();
    }
}
