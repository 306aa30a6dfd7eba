using OvndbOcf.Decisions.Timing;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>The frame of one action: what Pacemaker said, who this instance is to it, the time there is, and where messages go.</summary>
internal sealed class ActionScope
{
    // The rest is enough for everything else that an action does.
    private const double ShareForBusy = 0.6;

    private readonly IClusterNodes _nodes;
    private readonly TimeSpan _reserve;

    private HostIdentity? _me;

    /// <summary>The action's time runs from here.</summary>
    /// <param name="environment">What Pacemaker passed.</param>
    /// <param name="log">Where messages go.</param>
    /// <param name="nodes">Asked for this node's name where the environment does not tell.</param>
    /// <param name="clock">The clock that the action goes by.</param>
    /// <param name="topology">Who connects where.</param>
    public ActionScope(OcfEnvironment environment, OcfLog log, IClusterNodes nodes, TimeProvider clock, ClusterTopology topology)
    {
        Environment = environment;
        Log = log;
        Clock = clock;
        Topology = topology;
        _nodes = nodes;
        Notify = NotifyEnvironment.From(environment);
        Resource = environment.ResourceName;
        _reserve = ToolBudget.Reserve(environment.Timeout);
        Deadline = Deadline.After(environment.Timeout - _reserve, clock);
    }

    /// <summary>What Pacemaker passed.</summary>
    public OcfEnvironment Environment { get; }

    /// <summary>The transition that the action belongs to.</summary>
    public NotifyEnvironment Notify { get; }

    /// <summary>The resource's name.</summary>
    public string Resource { get; }

    /// <summary>Where messages go.</summary>
    public OcfLog Log { get; }

    /// <summary>The clock that the action goes by.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Who connects where, with this node's addresses as they were when the action first looked.</summary>
    public ClusterTopology Topology { get; }

    /// <summary>When the action must have come to an end, with a reserve to report in before Pacemaker kills it.</summary>
    public Deadline Deadline { get; }

    /// <summary>
    /// Until when an action that changes something waits for a server that is busy, such as with its file after a crash. A server that will not answer is not waited for, and one that
    /// answers nearly always does so at once.
    /// </summary>
    public Deadline PatientDeadline => Deadline.Share(ShareForBusy);

    /// <summary>How long a call of one of the cluster's tools may take now: never nothing, because the last word, such as the loss of the score, is said after a deadline that passed.</summary>
    public TimeSpan ToolTimeout => ToolBudget.For(Deadline.Remaining, _reserve);

    /// <summary>Who this instance is to the cluster.</summary>
    public HostIdentity Me => _me ??= HostIdentity.From(Environment, () => _nodes.LocalNodeNameAsync(ToolTimeout).GetAwaiter().GetResult());

    /// <summary>Logs why a step failed that nothing depends on.</summary>
    public void Warn(Outcome outcome)
    {
        if (outcome.Problem is { } problem)
        {
            Log.Warning(problem);
        }
    }
}
