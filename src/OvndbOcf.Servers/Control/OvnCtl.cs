using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Runs ovn-ctl with the directories of the parameters.</summary>
public sealed class OvnCtl
{
    private readonly string _configuredPath;
    private readonly OvnDirectories _directories;
    private readonly OcfLog _log;

    /// <summary>Finds ovn-ctl by the parameters when it is needed; where it is missing, every command fails and says so.</summary>
    public OvnCtl(AgentParameters parameters, OcfLog log)
    {
        _configuredPath = parameters.OvnCtl;
        _directories = parameters.Directories;
        _log = log;
    }

    /// <summary>The ovn-ctl that is run; null if there is none. Most monitors never look.</summary>
    public string? ExecutablePath => field ??= InstallationRules.ResolveOvnCtl(_configuredPath, FileFindings.Look);

    /// <summary>Runs one command until the deadline; what it printed goes to the log, as a warning if it failed.</summary>
    /// <param name="arguments">The command and its options.</param>
    /// <param name="deadline">When it is ended.</param>
    /// <param name="configuration">A directory to take in place of OVN's configuration directory (<c>OVN_SYSCONFDIR</c>).</param>
    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, Deadline deadline, string? configuration = null)
    {
        if (ExecutablePath is not { } path)
        {
            return new CommandResult("ovn-ctl", CommandEnd.NotStarted, -1, string.Empty, $"{_configuredPath} does not exist");
        }

        var result = await CommandRunner
            .RunAsync(path, arguments, deadline.Remaining, Variables(deadline, configuration))
            .ConfigureAwait(false);
        if (result.Succeeded)
        {
            _log.Debug(result.ToString());
        }
        else
        {
            _log.Warning(result.ToString());
        }

        return result;
    }

    // After it has started a server, ovn-ctl runs ovn-nbctl or ovn-sbctl, which wait for a server that failed to start without end unless told otherwise.
    private Dictionary<string, string?> Variables(Deadline deadline, string? configuration)
    {
        var seconds = Math.Max(1, (int)(deadline.Remaining.TotalSeconds / 2));
        var directories = configuration is null ? _directories : _directories with { SystemConfiguration = configuration };
        return new Dictionary<string, string?>(directories.Variables)
        {
            ["OVN_NBCTL_OPTIONS"] = $"--timeout={seconds}",
            ["OVN_SBCTL_OPTIONS"] = $"--timeout={seconds}",
        };
    }
}
