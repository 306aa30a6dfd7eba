using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Caching;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Everything that an action works with: what Pacemaker said, the servers, and the time there is.</summary>
public sealed class AgentContext
{
    private static readonly TimeSpan AnnouncementTimeout = TimeSpan.FromSeconds(1);

    // The rest is enough for everything else that an action does.
    private const double ShareForBusy = 0.6;

    private readonly TimeSpan _reserve;

    private HostIdentity? _me;

    /// <summary>Reads the environment; the action's time runs from here.</summary>
    public AgentContext(OcfEnvironment environment, OcfLog log)
    {
        Environment = environment;
        Log = log;
        (Parameters, ParameterProblems) = ParameterReader.Read(environment);
        Notify = NotifyEnvironment.From(environment);
        _reserve = ToolBudget.Reserve(environment.Timeout);
        Deadline = Deadline.After(environment.Timeout - _reserve);
        OvnCtl = new OvnCtl(Parameters, log);
        Northbound = new DatabaseServer(Parameters, Parameters.Northbound, OvnCtl, StateDirectory, log);
        Southbound = new DatabaseServer(Parameters, Parameters.Southbound, OvnCtl, StateDirectory, log);
        Northd = new Northd(Parameters, OvnCtl, StateDirectory, environment.ResourceName, log);
        Cluster = new PacemakerTools(environment.Variable("HA_SBIN_DIR") ?? "/usr/sbin");
    }

    /// <summary>What Pacemaker passed.</summary>
    public OcfEnvironment Environment { get; }

    /// <summary>Where messages go.</summary>
    public OcfLog Log { get; }

    /// <summary>The parameters; defaults stand in for wrong ones.</summary>
    public AgentParameters Parameters { get; }

    /// <summary>Who connects where.</summary>
    public ClusterTopology Topology => NodeAddress.Topology(Parameters);

    /// <summary>What is wrong with the parameters by themselves.</summary>
    public IReadOnlyList<ParameterProblem> ParameterProblems { get; }

    /// <summary>The transition that the action belongs to.</summary>
    public NotifyEnvironment Notify { get; }

    /// <summary>When the action must have come to an end, with a reserve to report in before Pacemaker kills it.</summary>
    public Deadline Deadline { get; }

    /// <summary>
    /// Until when an action that changes something waits for a server that is busy, such as with its file after a crash. A server that will not answer is not waited for, and one that
    /// answers nearly always does so at once.
    /// </summary>
    public Deadline PatientDeadline => Deadline.After(Deadline.Remaining * ShareForBusy);

    /// <summary>ovn-ctl.</summary>
    public OvnCtl OvnCtl { get; }

    /// <summary>The Northbound server.</summary>
    public DatabaseServer Northbound { get; }

    /// <summary>The Southbound server.</summary>
    public DatabaseServer Southbound { get; }

    /// <summary>Both servers.</summary>
    public IReadOnlyList<DatabaseServer> Servers => [Northbound, Southbound];

    /// <summary>ovn-northd.</summary>
    public Northd Northd { get; }

    /// <summary>When ovn-northd had to be started again.</summary>
    public NorthdRestarts NorthdRestarts => new(StateDirectory, Environment.ResourceName);

    /// <summary>Since when ovn-northd has been running without working.</summary>
    public NorthdIdleness NorthdIdleness => new(StateDirectory, Environment.ResourceName);

    /// <summary>Since when this backup is without its source.</summary>
    public ConditionTimer Disconnection => new(StateDirectory, Environment.ResourceName);

    /// <summary>Since when a server has been too busy to answer.</summary>
    public ConditionTimer Busy => new(StateDirectory, Environment.ResourceName, "busy");

    /// <summary>Since when replication has been in error, or was last begun again for that.</summary>
    public ConditionTimer FailedReplication => new(StateDirectory, Environment.ResourceName, "failed");

    /// <summary>Since when another node's promotion has been on record, though this instance is the promoted one.</summary>
    public ConditionTimer RecordedElsewhere => new(StateDirectory, Environment.ResourceName, "elsewhere");

    /// <summary>Since when the virtual address has been missing on the promoted instance's node.</summary>
    public ConditionTimer MissingAddress => new(StateDirectory, Environment.ResourceName, "address");

    /// <summary>Promotions that failed here. They outlive stop and start: each failure is followed by these.</summary>
    public FailedPromotions FailedPromotions => new(StateDirectory, Environment.ResourceName);

    /// <summary>The backups of a server that were cut off a moment ago.</summary>
    internal ReturningBackups BackupsOf(DatabaseServer server) =>
        new(StateDirectory, Environment.ResourceName, Parameters, server.Database);

    /// <summary>The Connection rows of an active server.</summary>
    internal ClientConnections ConnectionsOf(DatabaseServer server) =>
        new(Parameters, server.Database, Log) { BeforeCut = BackupsOf(server).Note };

    /// <summary>The cluster's tools.</summary>
    public PacemakerTools Cluster { get; }

    /// <summary>Who this instance is to the cluster.</summary>
    public HostIdentity Me =>
        _me ??= HostIdentity.From(Environment, () => Cluster.LocalNodeNameAsync(ToolTimeout).GetAwaiter().GetResult());

    /// <summary>What the cluster knows of promotions.</summary>
    public PromotionHistory History => field ??= new PromotionHistory(this);

    /// <summary>The schema that the active servers have, by the record of their promotion.</summary>
    internal async Task<ActiveSchema> ActiveSchemaAsync(DatabaseServer server)
    {
        var cluster = await History.ReadAsync().ConfigureAwait(false);
        return !cluster.IsReadable
            ? ActiveSchema.Unknown
            : new ActiveSchema(true, cluster.Record?.Schema(server.Database.Database))
            {
                Remote = Topology.Follow(cluster.Record)?.Address is { } source
                    ? ClusterTopology.SourceOf(server.Database, source).ToString()
                    : null,
            };
    }

    /// <summary>What this instance tells the cluster of its copies.</summary>
    public CopyAttributes CopyAttributes => field ??= new CopyAttributes(this);

    /// <summary>Other resources of this agent.</summary>
    public Neighbours Neighbours => field ??= new Neighbours(this);

    /// <summary>Since when this backup has been following.</summary>
    public FollowingSinceFile FollowingSince => new(StateDirectory, Environment.ResourceName);

    /// <summary>The last steady state that a monitor found.</summary>
    public MonitorCacheFile MonitorCache => field ??= new MonitorCacheFile(StateDirectory, Environment.ResourceName);

    /// <summary>The way in which backups are pointed at the active servers.</summary>
    public Following Following => new(Parameters, Me.AttributeHost, Log);

    /// <summary>The directory for run-time state, which a reboot clears.</summary>
    public string StateDirectory => StateDirectoryOf(Environment);

    /// <summary>How long a call of one of the cluster's tools may take now: never nothing, because the last word, such as the loss of the score, is said after a deadline that passed.</summary>
    public TimeSpan ToolTimeout => ToolBudget.For(Deadline.Remaining, _reserve);

    /// <summary>The directory for run-time state that an environment names.</summary>
    public static string StateDirectoryOf(OcfEnvironment environment) => environment.Variable("HA_RSCTMP") ?? "/run/resource-agents";

    /// <summary>Runs a step on both servers side by side; all problems, if any, in one outcome.</summary>
    public static async Task<Outcome> BothAsync(
        Func<DatabaseServer, Task<Outcome>> step,
        DatabaseServer northbound,
        DatabaseServer southbound
    ) => Outcome.All(await Task.WhenAll(step(northbound), step(southbound)).ConfigureAwait(false));

    /// <summary>Looks at both servers; returns by the deadline.</summary>
    public ServerPair Observe(Deadline deadline) => ServerInquiry.Observe(Parameters, deadline);

    /// <summary>Runs a step on both servers side by side; all problems, if any, in one outcome.</summary>
    public Task<Outcome> BothAsync(Func<DatabaseServer, Task<Outcome>> step) => BothAsync(step, Northbound, Southbound);

    /// <summary>Logs why a step failed that nothing depends on.</summary>
    public void Warn(Outcome outcome)
    {
        if (outcome.Problem is { } problem)
        {
            Log.Warning(problem);
        }
    }

    /// <summary>
    /// At start and stop: for how long something has lasted means the servers that are gone, or their promotion, and must not be held against the next ones.
    /// </summary>
    public void ForgetConditions()
    {
        MonitorCache.Forget();
        foreach (var condition in (ConditionTimer[])[Disconnection, Busy, FailedReplication, RecordedElsewhere, MissingAddress])
        {
            condition.Update(holds: false);
        }

        NorthdIdleness.Note(isIdle: false);
    }

    /// <summary>
    /// Sets this instance's promotion score, or deletes it if null. A cluster that does not take it is logged and no failure: monitor tries again.
    /// </summary>
    public async Task SetScoreAsync(int? score)
    {
        var result = score is { } value
            ? await Cluster.SetPromotionScoreAsync(Environment.ResourceName, Me.AttributeHost, value, ToolTimeout).ConfigureAwait(false)
            : await Cluster.DeletePromotionScoreAsync(Environment.ResourceName, Me.AttributeHost, ToolTimeout).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            Log.Warning($"the promotion score could not be written: {result}; check pacemaker-attrd");
        }
    }

    /// <summary>
    /// Sets this instance's promotion score if the scheduler did not know it when <see cref="History"/> was last read. Where that did not help the last time, the attribute daemon believes that
    /// it did: the value vanished from the CIB alone.
    /// </summary>
    public async Task EnsureScoreAsync(int score)
    {
        if (History.ScheduledScore == score)
        {
            return;
        }

        var sent = new RecentNote(StateDirectory, Environment.ResourceName, "scored");
        var text = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var wasSent = sent.Says(text);
        await SetScoreAsync(score).ConfigureAwait(false);
        if (wasSent)
        {
            await Cluster.RewriteAttributesAsync(ToolTimeout).ConfigureAwait(false);
        }

        sent.Write(text);
    }

    /// <summary>
    /// Waits, a moment at most, until the scheduler knows the promotion score that was set. Pacemaker may be about to promote this instance, which
    /// must not be, or another one
    /// whose copy is not as good, in the transition that this action belongs to: it gives that up where it learns of the score before the action's end.
    /// </summary>
    public async Task AwaitScheduledScoreAsync(int score)
    {
        if (Environment.IsRunByPacemaker)
        {
            await Wait.UntilAsync(
                    "the scheduler to know the promotion score",
                    () =>
                        Cluster.ReadScheduledScoreAsync(Environment.ResourceName, Me.AttributeHost, ToolTimeout).GetAwaiter().GetResult()
                        == score,
                    Deadline.After(AnnouncementTimeout).Earlier(Deadline),
                    Log
                )
                .ConfigureAwait(false);
        }
    }
}
