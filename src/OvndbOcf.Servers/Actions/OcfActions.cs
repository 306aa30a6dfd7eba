using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// The actions, each put together from what it needs, in the order of their dependencies. Nothing is made before something asks for it: most monitors need next to nothing.
/// </summary>
public sealed class OcfActions
{
    /// <summary>The argument by which the agent runs as the process that waits for the virtual address.</summary>
    public const string AwaitAddressName = AddressArrival.ActionName;

    private readonly AgentParameters _parameters;
    private readonly IReadOnlyList<ParameterProblem> _problems;
    private readonly Borders _borders;
    private readonly ActionScope _scope;
    private readonly ResourceMemory _memory;

    /// <summary>For one action; its time runs from here.</summary>
    /// <param name="environment">What Pacemaker passed.</param>
    /// <param name="log">Where messages go.</param>
    public OcfActions(OcfEnvironment environment, OcfLog log)
        : this(environment, log, (parameters, topology, memory) => Borders.Of(environment, parameters, topology, memory, log)) { }

    /// <summary>With other servers, another cluster or another clock.</summary>
    internal OcfActions(OcfEnvironment environment, OcfLog log, Func<AgentParameters, ClusterTopology, ResourceMemory, Borders> borders)
    {
        (_parameters, _problems) = ParameterReader.Read(environment);
        _memory = new ResourceMemory(ResourceMemory.DirectoryOf(environment), environment.ResourceName, _parameters.Directories);
        var topology = NodeAddress.Topology(_parameters);
        _borders = borders(_parameters, topology, _memory);
        _scope = new ActionScope(environment, log, _borders.Nodes, _borders.Clock, topology);
    }

    /// <summary>start.</summary>
    public Task<ActionResult> StartAsync() => ChangeAsync(Start.RunAsync);

    /// <summary>stop.</summary>
    public Task<ActionResult> StopAsync() => ChangeAsync(Stop.RunAsync);

    /// <summary>promote.</summary>
    public Task<ActionResult> PromoteAsync() => ChangeAsync(Promote.RunAsync);

    /// <summary>demote.</summary>
    public Task<ActionResult> DemoteAsync() => ChangeAsync(Demote.RunAsync);

    /// <summary>notify.</summary>
    public Task<ActionResult> NotifyAsync() => ChangeAsync(Notify.RunAsync);

    /// <summary>reload-agent.</summary>
    public Task<ActionResult> ReloadAsync() => ChangeAsync(Reload.RunAsync);

    /// <summary>monitor, status and the probe.</summary>
    public Task<ActionResult> MonitorAsync() => Monitor.RunAsync();

    /// <summary>validate-all.</summary>
    public Task<ActionResult> ValidateAsync() => Validate.RunAsync();

    /// <summary>What the process does that a promotion leaves behind.</summary>
    public Task<ActionResult> AwaitAddressAsync() => Address.RunAsync();

    internal Precautions Precautions => field ??= new(_scope, _parameters, Servers, _memory);

    internal ConfigurationCheck Configuration => field ??= new(_scope, _parameters, _problems, Servers);

    private BothServers Servers => _borders.Servers;

    private INorthd Northd => _borders.Northd;

    private StartAction Start =>
        new(
            _scope,
            _parameters,
            Servers,
            Northd,
            _borders.Configuration,
            _memory,
            Configuration,
            Neighbours,
            Score,
            Attributes,
            Backups,
            Follower,
            Reporter
        );

    private StopAction Stop => new(_scope, _parameters, Servers, Northd, _memory, History, Neighbours, Score, Attributes, Departure);

    private PromoteAction Promote => new(_scope, Servers, Configuration, Examination, Running, Address, PromotionSteps, Score);

    private Departure Departure => new(_scope, _parameters, Servers, _borders.TakesConnections);

    private DemoteAction Demote => new(_scope, Servers, Northd, History, Score, Farewell, Retirement, Backups, Follower, Reporter);

    private NotifyAction Notify => new(_scope, Servers, Northd, _memory, History, Score, Attributes, Assessor, Follower, ActiveDuties);

    private ReloadAction Reload => new(_scope, _parameters, _problems, Servers, Northd, Precautions);

    private ValidateAction Validate => new(_scope, _parameters, Configuration, Neighbours);

    private MonitorAction Monitor => new(_scope, _parameters, CachedMonitor, () => ThoroughMonitor);

    private ThoroughMonitor ThoroughMonitor =>
        new(
            _scope,
            _parameters,
            Servers,
            Northd,
            _memory,
            CachedMonitor,
            History,
            Attributes,
            Neighbours,
            Isolation,
            Running,
            Precautions,
            Address,
            NorthdDuties,
            StateReporter
        );

    private StateReporter StateReporter => new(_scope, Score, Attributes, Reporter, ActiveDuties, BackupDuties);

    private CachedMonitor CachedMonitor => field ??= new(_scope, _parameters, Northd, _memory, _borders.CountChanges);

    private PromotionExamination Examination => new(_scope, _parameters, Servers, Assessor, Attributes, Score);

    private PromotionSteps PromotionSteps => new(_scope, _parameters, Servers, Northd, History, Score, Attributes, Expected, _memory);

    private PlannedRetirement Retirement => new(_scope, _parameters, Servers, History, Attributes);

    private ActiveDuties ActiveDuties => new(_scope, History, Score, Attributes, Keeper, Links);

    private PromotionKeeper Keeper => new(_scope, _parameters, Servers, _borders.Nodes, History, Expected, _memory);

    private LinkTracking Links => new(_scope, _parameters, Servers, _borders.Nodes, _borders.Scores, History, Attributes, _memory);

    private ExpectedBackups Expected => new(_parameters, _memory);

    private BackupDuties BackupDuties => new(_scope, Servers, Follower, _memory);

    private CopyReporter Reporter => new(_scope, _parameters, Servers, Assessor, Score, Attributes, _memory);

    private BackupTransition Backups => new(_scope, _parameters, History);

    private ActiveFollower Follower => field ??= new(_scope, _parameters, Servers, History);

    private Isolation Isolation => new(_scope, _parameters, Servers, Score, Attributes);

    private NorthdDuties NorthdDuties => new(_scope, Northd, _memory);

    private RunningParameters Running => new(_scope, _problems, Servers, History, Neighbours);

    private AddressArrival Address => field ??= new(_scope, Servers, Precautions, Farewell, _memory, _borders.LeaveBehind);

    private ClientFarewell Farewell => field ??= new(_scope, _parameters, Attributes);

    private Assessor Assessor => field ??= new(_scope, _parameters, Servers, History, Attributes, _memory);

    private Neighbours Neighbours => field ??= new(_scope, _parameters, _borders.Configuration, Servers, _memory);

    private PromotionScore Score => field ??= new(_scope, _borders.Scores, History, _memory);

    private CopyAttributes Attributes => field ??= new(_scope, _borders.Attributes, _memory);

    // One for all: it tells what it read last.
    private PromotionHistory History => field ??= new(_scope, _parameters, _borders.Configuration, _memory);

    // What the last monitor found may not hold any more, whatever else the action does.
    private Task<ActionResult> ChangeAsync(Func<Task<ActionResult>> run)
    {
        _memory.MonitorCache.Forget();
        return run();
    }
}
