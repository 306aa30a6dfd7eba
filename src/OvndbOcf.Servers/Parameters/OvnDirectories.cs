namespace OvndbOcf.Servers.Parameters;

/// <summary>
/// Where OVN keeps its files. A directory that is not configured stays null where the agent itself does not need it, and ovn-ctl's own
/// default counts. Paths have no <c>//</c>, <c>.</c>, <c>..</c> and no slash at the end.
/// </summary>
/// <param name="Run">Pid files and sockets.</param>
/// <param name="Database">Database files, or null.</param>
/// <param name="Log">Log files, or null.</param>
/// <param name="SystemConfiguration">The directory above <c>ovn/</c> with configuration files, or null.</param>
public sealed record OvnDirectories(string Run, string? Database, string? Log, string? SystemConfiguration)
{
    /// <summary>The schemas, as the environment says to ovn-ctl; null where its own default counts.</summary>
    public string? PackageData { get; init; }

    /// <summary>The names of variables that choose a directory where no parameter does, for who runs outside of Pacemaker: the agent has them of its environment, which is usually that of the machine.</summary>
    public static IReadOnlyList<string> EnvironmentNames { get; } =
    ["OVN_RUNDIR", "OVN_DBDIR", "OVN_LOGDIR", "OVN_SYSCONFDIR", "OVN_PKGDATADIR"];

    /// <summary>The variables by which ovn-ctl and its library learn of them.</summary>
    public IReadOnlyDictionary<string, string?> Variables
    {
        get
        {
            var variables = new Dictionary<string, string?> { ["OVN_RUNDIR"] = Run };
            Add(variables, "OVN_DBDIR", Database);
            Add(variables, "OVN_LOGDIR", Log);
            Add(variables, "OVN_SYSCONFDIR", SystemConfiguration);
            return variables;
        }
    }

    private static void Add(Dictionary<string, string?> variables, string name, string? value)
    {
        if (value is not null)
        {
            variables[name] = value;
        }
    }
}
