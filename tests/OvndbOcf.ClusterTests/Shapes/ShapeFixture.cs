using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>A cluster on which one of the example scripts has created the resources, if it is to, and on which all is well.</summary>
/// <param name="options">What it shall look like.</param>
public abstract class ShapeFixture(ClusterOptions options) : ClusterFixture(options)
{
    /// <summary>How long a cluster may take to become as it should be again.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(75);

    private ExecResult? creation;

    /// <summary>How the databases are configured.</summary>
    public virtual ClusterShape Shape => field ??= Describe();

    /// <summary>What the example script printed.</summary>
    public ExecResult Creation => creation ?? throw new InvalidOperationException("the script has not run");

    /// <summary>The resource that a person bans from a node in order to move the active servers.</summary>
    public virtual string Leading => Shape.CloneId;

    /// <summary>The script that creates the resources; null where the tests do that.</summary>
    protected abstract string? Script { get; }

    /// <summary>Its variables.</summary>
    protected virtual IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}" };

    /// <summary>Its arguments: further parameters of the agent.</summary>
    protected virtual IReadOnlyList<string> Arguments => [];

    /// <summary>Waits until the invariants hold.</summary>
    public Task<ClusterView> HoldAsync(
        string occasion,
        IReadOnlyCollection<string>? absent = null,
        Func<ClusterView, string?>? also = null
    ) => Invariants(Shape).HoldAsync(occasion, Recovery, absent, also);

    /// <summary>Looks once at the cluster and finds the active node, and one that is a backup.</summary>
    public async Task<(ClusterView View, ClusterNode Active, ClusterNode Backup)> LookAsync(CancellationToken cancellationToken)
    {
        var view = await Invariants(Shape).ObserveAsync(cancellationToken);
        var promoted = view.Status.PromotedNode(Shape.CloneId);
        Assert.NotNull(promoted);
        return (view, Cluster.Node(promoted), Cluster.Nodes.First(node => node.Name != promoted));
    }

    /// <summary>Moves the active servers to another node, and waits until all is well there.</summary>
    public async Task<ClusterView> SwitchOverAsync(CancellationToken cancellationToken)
    {
        var (_, active, _) = await LookAsync(cancellationToken);
        await ForgetFailuresAsync(active, cancellationToken);
        string[] promoted = Leading == Shape.CloneId ? ["--promoted"] : [];
        await active.ExecCheckedAsync(["pcs", "resource", "ban", Leading, active.Name, .. promoted], cancellationToken: cancellationToken);
        ClusterView view;
        try
        {
            view = await HoldAsync(
                "switchover",
                also: view => view.Status.PromotedNode(Shape.CloneId) == active.Name ? $"still promoted on {active.Name}" : null
            );
        }
        finally
        {
            // A ban that stays is what the tests that follow would fail of.
            await active.ExecCheckedAsync(["pcs", "resource", "clear", Leading], cancellationToken: CancellationToken.None);
        }

        return await HoldAsync(
            "after the ban was lifted",
            also: now =>
                now.Status.PromotedNode(Shape.CloneId) == view.Status.PromotedNode(Shape.CloneId)
                    ? null
                    : "the active servers moved back by themselves"
        );
    }

    /// <summary>Kills a server of the active node, and waits until all is well again.</summary>
    public async Task<ClusterView> CrashAsync(OvnDatabase database, CancellationToken cancellationToken)
    {
        var (view, active, _) = await LookAsync(cancellationToken);
        var server = database == OvnDatabase.Northbound ? view[active.Name].Northbound : view[active.Name].Southbound;
        await active.SignalAsync(server.Pid, "KILL", cancellationToken);
        return await HoldAsync($"crash of {database} on {active.Name}");
    }

    /// <summary>
    /// Lets Pacemaker forget what failed before: when it demotes an instance whose failure it still remembers, it restarts it as well.
    /// </summary>
    public async Task ForgetFailuresAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        await node.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellationToken);
        await HoldAsync("after a clean-up", also: view => view.Status.FailedActions.Count > 0 ? "there are failed actions" : null);
    }

    /// <summary>How the databases will be configured.</summary>
    protected virtual ClusterShape Describe() => new() { Address = Cluster.VirtualIp };

    /// <summary>What the script needs: it runs right after this.</summary>
    protected virtual Task BeforeScriptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await BeforeScriptAsync(cancellationToken);
        if (Script is null)
        {
            return;
        }

        creation = await Cluster
            .Nodes[0]
            .ExecCheckedAsync([ExampleScripts.Path(Script), .. Arguments], environment: Variables, cancellationToken: cancellationToken);
        var view = await HoldAsync($"creation with {Script}");
        Assert.Empty(view.Status.FailedActions);
    }
}
