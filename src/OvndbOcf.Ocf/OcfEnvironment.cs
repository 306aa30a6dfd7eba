using Microsoft.Extensions.Configuration;

namespace OvndbOcf.Ocf;

/// <summary>
/// The environment variables of an OCF action (OCF 1.1, "Parameter passing"): parameters as <c>OCF_RESKEY_name</c>,
/// Pacemaker's own as <c>OCF_RESKEY_CRM_meta_name</c>. Names are matched without regard to case, empty counts as absent.
/// </summary>
public sealed class OcfEnvironment
{
    private const string ParameterPrefix = "OCF_RESKEY_";
    private const string MetaPrefix = "OCF_RESKEY_CRM_meta_";

    private readonly string _agent;
    private readonly IConfiguration _variables;

    /// <summary>Reads from any configuration whose keys are whole variable names.</summary>
    /// <param name="agent">The agent's name, by which a resource goes that nothing names.</param>
    /// <param name="variables">The variables.</param>
    public OcfEnvironment(string agent, IConfiguration variables)
    {
        _agent = agent;
        _variables = variables;
    }

    /// <summary>Reads the variables of this process.</summary>
    /// <param name="agent">The agent's name.</param>
    public static OcfEnvironment FromProcess(string agent) => new(agent, new ConfigurationBuilder().AddEnvironmentVariables().Build());

    /// <summary>Reads the given variables and nothing else.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="variables">The variables.</param>
    public static OcfEnvironment From(string agent, IEnumerable<KeyValuePair<string, string?>> variables) =>
        new(agent, new ConfigurationBuilder().AddInMemoryCollection(variables).Build());

    /// <summary>A variable by its whole name; null if absent or empty.</summary>
    public string? Variable(string name)
    {
        var value = _variables[name];
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>An instance parameter; null if absent or empty.</summary>
    public string? Parameter(string name) => Variable(ParameterPrefix + name);

    /// <summary>One of Pacemaker's meta variables, such as <c>timeout</c> or <c>notify_type</c>; null if absent or empty.</summary>
    public string? Meta(string name) => Variable(MetaPrefix + name);

    /// <summary>
    /// The resource's name without the <c>:N</c> that Pacemaker may append to a clone's instance;
    /// the agent's where nothing named it.
    /// </summary>
    public string ResourceName
    {
        get
        {
            var name = Variable("OCF_RESOURCE_INSTANCE") ?? _agent;
            var colon = name.LastIndexOf(':');
            return colon > 0 && name.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..colon] : name;
        }
    }

    /// <summary>
    /// The action's timeout (<c>CRM_meta_timeout</c>, milliseconds); 20 s where it is absent or unusable,
    /// which is the shortest timeout that the meta-data advises for any action that waits.
    /// </summary>
    public TimeSpan Timeout =>
        int.TryParse(Meta("timeout"), out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : TimeSpan.FromSeconds(20);

    /// <summary>Whether a monitor is a probe: it asks what is there, before Pacemaker expects anything (interval 0).</summary>
    public bool IsProbe => Meta("interval") is null or "0";

    /// <summary>Whether Pacemaker takes the degraded codes 190 and 191: CRM feature set 3.6 (Pacemaker 2.0.5) and later.</summary>
    public bool TakesDegraded => Version.TryParse(Variable("OCF_RESKEY_crm_feature_set"), out var version) && version >= new Version(3, 6);

    /// <summary>Whether Pacemaker runs the action, which names its feature set to it; otherwise a person or ocf-tester(8) does.</summary>
    public bool IsRunByPacemaker => Variable("OCF_RESKEY_crm_feature_set") is not null;

    /// <summary>
    /// The facility of the system log that Pacemaker's configuration names, or its default; null where a person runs the agent, who sees all messages on the terminal.
    /// </summary>
    public string? LogFacility => Variable("HA_LOGFACILITY") ?? Variable("PCMK_logfacility") ?? (IsRunByPacemaker ? "daemon" : null);

    /// <summary>Whether debug messages are wanted: <c>HA_debug</c>, <c>PCMK_debug</c> or <c>OCF_TRACE_RA</c> is set and not off.</summary>
    public bool Debug => IsOn(Variable("HA_debug")) || IsOn(Variable("PCMK_debug")) || IsOn(Variable("OCF_TRACE_RA"));

    private static bool IsOn(string? value) => value is not null && OcfBoolean.TryParse(value) != false;
}
