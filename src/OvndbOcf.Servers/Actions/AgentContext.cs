using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>Everything that an action works with: what Pacemaker said, the servers, and the time there is.</summary>
public sealed class AgentContext
{
    private static readonly TimeSpan LongestToolCall = TimeSpan.FromSeconds(5);

    private HostIdentity? _me;

    /// <summary>Reads the environment; the action's time runs from here.</summary>
    public AgentContext(OcfEnvironment environment, OcfLog log)
    {
        Environment = environment;
        Log = log;
        (Parameters, ParameterProblems) = ParameterReader.Read(environment);
        Notify = NotifyEnvironment.From(environment);
        Deadline = Deadline.After(environment.Timeout - Reserve(environment.Timeout));
        OvnCtl = new OvnCtl(Parameters, log);
        Northbound = new DatabaseServer(Parameters, Parameters.Northbound, OvnCtl, log);
        Southbound = new DatabaseServer(Parameters, Parameters.Southbound, OvnCtl, log);
        Observer = new ServerObserver(Parameters);
        Northd = new Northd(Parameters, OvnCtl, log);
        Cluster = new PacemakerTools(environment.Variable("HA_SBIN_DIR") ?? "/usr/sbin");
    }

    /// <summary>What Pacemaker passed.</summary>
    public OcfEnvironment Environment { get; }

    /// <summary>Where messages go.</summary>
    public OcfLog Log { get; }

    /// <summary>The parameters; defaults stand in for wrong ones.</summary>
    public AgentParameters Parameters { get; }

    /// <summary>What is wrong with the parameters by themselves.</summary>
    public IReadOnlyList<ParameterProblem> ParameterProblems { get; }

    /// <summary>The transition that the action belongs to.</summary>
    public NotifyEnvironment Notify { get; }

    /// <summary>When the action must have come to an end, with a reserve to report in before Pacemaker kills it.</summary>
    public Deadline Deadline { get; }

    /// <summary>ovn-ctl.</summary>
    public OvnCtl OvnCtl { get; }

    /// <summary>The Northbound server.</summary>
    public DatabaseServer Northbound { get; }

    /// <summary>The Southbound server.</summary>
    public DatabaseServer Southbound { get; }

    /// <summary>Both servers.</summary>
    public IReadOnlyList<DatabaseServer> Servers => [Northbound, Southbound];

    /// <summary>Looks at both servers.</summary>
    public ServerObserver Observer { get; }

    /// <summary>ovn-northd.</summary>
    public Northd Northd { get; }

    /// <summary>Since when this backup is without its source.</summary>
    public DisconnectionRecord Disconnection =>
        new(Environment.Variable("HA_RSCTMP") ?? "/run/resource-agents", Environment.ResourceName);

    /// <summary>The cluster's tools.</summary>
    public PacemakerTools Cluster { get; }

    /// <summary>Who this instance is to the cluster.</summary>
    public HostIdentity Me => _me ??= HostIdentity.From(
        Environment, () => Cluster.LocalNodeNameAsync(ToolTimeout).GetAwaiter().GetResult());

    private TimeSpan ToolTimeout => Deadline.Earlier(Deadline.After(LongestToolCall)).Remaining;

    /// <summary>Runs a step on both servers side by side; all problems, if any, in one outcome.</summary>
    public static async Task<Outcome> BothAsync(Func<DatabaseServer, Task<Outcome>> step, DatabaseServer northbound, DatabaseServer southbound) =>
        Outcome.All(await Task.WhenAll(step(northbound), step(southbound)).ConfigureAwait(false));

    /// <summary>Runs a step on both servers side by side; all problems, if any, in one outcome.</summary>
    public Task<Outcome> BothAsync(Func<DatabaseServer, Task<Outcome>> step) => BothAsync(step, Northbound, Southbound);

    /// <summary>
    /// Brings this instance's promotion score in line with its state. A cluster that does not take it is logged and no failure: monitor tries again.
    /// </summary>
    public Task UpdateScoreAsync(InstanceState state, ServerPair servers) =>
        SetScoreAsync(PromotionScores.For(state, servers.Northbound, servers.Southbound));

    /// <summary>Sets this instance's promotion score, or deletes it if null.</summary>
    public async Task SetScoreAsync(int? score)
    {
        var result = score is { } value
            ? await Cluster.SetPromotionScoreAsync(Environment.ResourceName, Me.AttributeHost, value, ToolTimeout).ConfigureAwait(false)
            : await Cluster.DeletePromotionScoreAsync(Environment.ResourceName, Me.AttributeHost, ToolTimeout).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            Log.Warning($"the promotion score was not updated: {result}");
        }
    }

    /// <summary>Records this instance as the active one, for whatever reads <c>OVN_REPL_INFO</c>.</summary>
    public async Task RecordActiveAsync()
    {
        var result = await Cluster.RecordActiveAsync(Me.AttributeHost, ToolTimeout).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            Log.Warning($"OVN_REPL_INFO was not updated: {result}");
        }
    }

    private static TimeSpan Reserve(TimeSpan timeout) =>
        TimeSpan.FromMilliseconds(Math.Clamp(timeout.TotalMilliseconds / 10, 500, 3000));
}
