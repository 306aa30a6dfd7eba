using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Other resources of this agent in the cluster. What belongs to one of them is neither taken for this one's nor touched. The note of who owns the servers is kept by run directory, where resource agents
/// keep their run-time state; it costs a steady monitor nothing.
/// </summary>
/// <param name="scope">The action.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="configuration">Tells of them.</param>
/// <param name="servers">The servers.</param>
/// <param name="memory">Keeps who owns the servers.</param>
internal sealed class Neighbours(
    ActionScope scope,
    AgentParameters parameters,
    IClusterConfiguration configuration,
    BothServers servers,
    ResourceMemory memory
)
{
    private StateFile Note => memory.Owner;

    private string Me => scope.Resource;

    /// <summary>The other resource whose servers run in this one's directory; null if there is none.</summary>
    public async Task<string?> FindOwnerAsync()
    {
        var candidate = Ownership.Candidate(
            Ownership.Parse(Note.Read()),
            Me,
            mark => ProcessTable.Find(mark.Id)?.StartTicks == mark.StartTicks
        );
        return candidate is not null && Ownership.Counts(candidate, (await ReadAsync().ConfigureAwait(false))?.Select(other => other.Id))
            ? candidate
            : null;
    }

    /// <summary>Notes that this action is about to start servers there; the resource that was faster, if one was.</summary>
    public async Task<string?> ClaimAsync()
    {
        if (await FindOwnerAsync().ConfigureAwait(false) is { } owner)
        {
            return owner;
        }

        if (ProcessTable.Find(Environment.ProcessId) is { } self)
        {
            Note.Write(new Ownership(Me, [ProcessMark.Of(self)]).ToString());
        }

        return Ownership.Parse(Note.Read()) is { } noted && noted.Resource != Me ? noted.Resource : null;
    }

    /// <summary>Notes that the servers that run there are this resource's, unless that is noted.</summary>
    public void NoteOwn()
    {
        List<ProcessMark> marks = [];
        foreach (var server in servers.All)
        {
            var (process, monitor) = DaemonFinder.FindServer(server.Paths);
            marks.AddRange(new[] { process, monitor }.OfType<ProcessSnapshot>().Select(ProcessMark.Of));
        }

        var text = new Ownership(Me, marks).ToString();
        if (marks.Count > 0 && Note.Read() != text)
        {
            Note.Write(text);
        }
    }

    /// <summary>Forgets that the servers there were this resource's: they do not run any more.</summary>
    public void Forget()
    {
        if (Ownership.Parse(Note.Read())?.Resource == Me)
        {
            Note.Delete();
        }
    }

    /// <summary>What is wrong with other resources beside this one; what does not refuse the parameters is told in the log only.</summary>
    public async Task<IReadOnlyList<ParameterProblem>> CheckAsync(bool isStart)
    {
        List<ParameterProblem> problems = [];
        List<Neighbour> all = [.. (await ReadAsync().ConfigureAwait(false) ?? []).Select(Compare)];
        foreach (var (other, isRefused) in NeighbourJudgement.Of(Me, isStart, all))
        {
            var text =
                $"resource {other.Id} has the same {string.Join(", ", other.Shared)}, so both would use the same servers and files; give each resource its own directories and ports, or delete one";
            if (isRefused)
            {
                problems.Add(new ParameterProblem(OcfExitCode.NotConfigured, other.Shared[0], text));
            }
            else
            {
                scope.Log.Warning($"{other.Shared[0]}: {text}");
            }
        }

        return problems;
    }

    private Neighbour Compare(ClusterDeployment other) =>
        new(
            other.Id,
            DeploymentOverlap.Of(parameters.Deployment, ParametersOf(other).Deployment),
            other.Parameters.Count(parameter => scope.Environment.Parameter(parameter.Key) != parameter.Value),
            other.HasRunHere
        );

    private Task<IReadOnlyList<ClusterDeployment>?> ReadAsync() =>
        configuration.ReadDeploymentsAsync(scope.Me.AttributeHost, scope.ToolTimeout);

    // With the variables that count for every resource on this node.
    private AgentParameters ParametersOf(ClusterDeployment other)
    {
        string[] common = ["OVN_RUNDIR", "OVN_DBDIR", "OVN_LOGDIR", "OVN_SYSCONFDIR"];
        var variables = common
            .Select(name => KeyValuePair.Create(name, scope.Environment.Variable(name)))
            .Concat(other.Parameters.Select(parameter => KeyValuePair.Create("OCF_RESKEY_" + parameter.Key, (string?)parameter.Value)));
        return ParameterReader.Read(OcfEnvironment.From(AgentDescription.Name, variables)).Parameters;
    }
}
