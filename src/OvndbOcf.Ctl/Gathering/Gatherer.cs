using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Finds out everything about one resource at once: the cluster's tools and this node's servers are asked side by side.</summary>
internal sealed class Gatherer(CtlSettings settings)
{
    private const string HostName = "/proc/sys/kernel/hostname";

    private static readonly TimeSpan SignalArrival = TimeSpan.FromMilliseconds(200);

    private readonly ClusterTools _tools = new(settings);

    /// <summary>What there is to know about the resource that is meant.</summary>
    /// <param name="cancellation">Ctrl-C, SIGTERM and SIGHUP, for commands that change something.</param>
    /// <exception cref="CtlException">There is no configuration, no such resource, or several to choose from; or the command was interrupted.</exception>
    public async Task<ClusterFacts> GatherAsync(CancellationToken cancellation = default)
    {
        var found = await GatherAsync(
                (cib, isLast) => (isLast ? cib.Require(settings.Resource) : cib.Find(settings.Resource)) is { } one ? [one] : []
            )
            .ConfigureAwait(false);
        if (cancellation.CanBeCanceled && found is not [{ IsLive: true, Status: not null }])
        {
            // Ctrl-C ends the cluster's tools, too, and they may be gone before it is known here: nobody is to read that Pacemaker does not answer.
            await Task.Delay(SignalArrival, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return cancellation.IsCancellationRequested
            ? throw new CtlException("interrupted; nothing was changed", ExitStatus.Interrupted)
            : (found ?? throw NoConfiguration())[0];
    }

    /// <summary>The same for each resource that is meant, which without a name are all; null if there is no configuration.</summary>
    public Task<IReadOnlyList<ClusterFacts>?> GatherAllAsync() => GatherAsync((cib, _) => cib.FindAll(settings.Resource));

    /// <summary>What there is to know about some resources of the configuration, chosen at first, and at last, when Pacemaker has answered or will not.</summary>
    private async Task<IReadOnlyList<ClusterFacts>?> GatherAsync(Func<Cib, bool, IReadOnlyList<CibResource>> choose)
    {
        var asking = _tools.ReadCibAsync();
        var status = _tools.ReadStatusAsync();

        // Pacemaker's file is there at once, and nearly always the same.
        var file = _tools.ReadCibFile();
        if ((file ?? await asking.ConfigureAwait(false)) is not { } first)
        {
            return null;
        }

        var begun = choose(first, file is null).Select(Begin).ToList();
        var live = await asking.ConfigureAwait(false);
        var cib = live ?? first;
        var chosen = choose(cib, true).Select(resource => begun.Find(look => IsSame(look.Resource, resource)) ?? Begin(resource)).ToList();
        var known = await status.ConfigureAwait(false);
        var node = await LocalNodeAsync(cib, known).ConfigureAwait(false);
        var found = new List<ClusterFacts>();
        foreach (var (resource, looking, published) in chosen)
        {
            var local = await looking.ConfigureAwait(false);
            found.Add(
                new ClusterFacts
                {
                    Time = DateTimeOffset.UtcNow,
                    Cib = cib,
                    IsLive = live is not null,
                    Resource = resource,
                    Status = known,
                    LocalNode = node,
                    Published = await published.ConfigureAwait(false),
                    Local = node is null ? null : local,
                }
            );
        }

        return found;
    }

    private Look Begin(CibResource resource) => new(resource, LookAsync(resource), _tools.ReadPublishedAsync(resource.Id));

    private async Task<LocalFacts?> LookAsync(CibResource resource) =>
        // Only root may ask the servers.
        Environment.IsPrivilegedProcess
            ? await Task.Run(() => LocalNode.Look(resource, settings, Deadline.After(settings.Timeout))).ConfigureAwait(false)
            : null;

    // Nodes usually have the name that the machine gives itself, and asking the cluster takes a process more.
    private async Task<string?> LocalNodeAsync(Cib cib, ClusterStatus? status)
    {
        bool IsNode(string name) => cib.Nodes.Contains(name, StringComparer.Ordinal) || status?.Nodes.ContainsKey(name) == true;
        // Environment.MachineName ends at the first dot.
        var machine = PlainFile.ReadText(HostName, 256)?.Trim() ?? string.Empty;
        return IsNode(machine) ? machine
            : await _tools.ReadNodeNameAsync().ConfigureAwait(false) is { } name && IsNode(name) ? name
            : cib.RemoteNodes.FirstOrDefault(node => node.IsOn(machine, NodeAddress.IsLocal))?.Name;
    }

    private CtlException NoConfiguration() =>
        new(
            $"the cluster's configuration cannot be read: Pacemaker does not answer, and {settings.CibFile} is not readable; start Pacemaker, or run ovndbctl as root on a node of the cluster"
        );

    private static bool IsSame(CibResource one, CibResource other) =>
        one.Id == other.Id
        && one.Parameters.Count == other.Parameters.Count
        && one.Parameters.All(parameter => other.Parameters.GetValueOrDefault(parameter.Key) == parameter.Value);

    /// <summary>A look at a resource that has begun.</summary>
    private sealed record Look(CibResource Resource, Task<LocalFacts?> Local, Task<IReadOnlyDictionary<string, string>?> Published);
}
