using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>Both servers of the instance, looked at and handled side by side.</summary>
/// <param name="northbound">The Northbound server.</param>
/// <param name="southbound">The Southbound server.</param>
/// <param name="observe">Looks at both at once; returns by the deadline.</param>
internal sealed class BothServers(IDatabaseServer northbound, IDatabaseServer southbound, Func<Deadline, ServerPair> observe)
{
    /// <summary>Both.</summary>
    public IReadOnlyList<IDatabaseServer> All { get; } = [northbound, southbound];

    /// <summary>Looks at both; returns by the deadline.</summary>
    public ServerPair Observe(Deadline deadline) => observe(deadline);

    /// <summary>Both copies, with everything that can be known of them.</summary>
    /// <param name="deadline">When they have to be read.</param>
    /// <param name="withSchema">Whether with the versions of their schemas: servers tell no version without the whole schema.</param>
    public CopyPair ReadCopies(Deadline deadline, bool withSchema = true) =>
        new(northbound.Copy.Read(deadline, withSchema), southbound.Copy.Read(deadline, withSchema));

    /// <summary>Runs a step on both side by side; all problems, if any, in one outcome.</summary>
    public async Task<Outcome> EachAsync(Func<IDatabaseServer, Task<Outcome>> step) =>
        Outcome.All(await Task.WhenAll(step(northbound), step(southbound)).ConfigureAwait(false));
}
