namespace OvndbOcf.Decisions.Neighbours;

/// <summary>A resource of this agent in the cluster's configuration, as it stands to the parameters in question.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Shared">What both take of a node.</param>
/// <param name="Differing">How many of its parameters have another value among those in question.</param>
/// <param name="HasRunHere">Whether it has run on this node.</param>
public sealed record Neighbour(string Id, IReadOnlyList<string> Shared, int Differing, bool HasRunHere);

/// <summary>A neighbour that is in the way.</summary>
/// <param name="Other">The neighbour.</param>
/// <param name="IsRefused">Whether the parameters are refused for it; otherwise it is told.</param>
public sealed record Intrusion(Neighbour Other, bool IsRefused);

/// <summary>
/// Which neighbours are in the way. Pure. <c>crm_resource --validate</c>, which pcs runs for <c>--agent-validation</c>, does not say which resource the parameters are for, nor whether there is one yet: the
/// neighbour that they fit best may be the resource itself, and is not told. Where it is a second resource, its start refuses it and <c>ovndbctl check</c> finds it.
/// </summary>
public static class NeighbourJudgement
{
    // What crm_resource calls an instance that it makes of parameters alone.
    private const string Nameless = "test";

    /// <summary>Those in the way of some parameters.</summary>
    /// <param name="me">The name that the action goes by.</param>
    /// <param name="isStart">Whether it is a start; otherwise the parameters are looked at only.</param>
    /// <param name="all">All resources of this agent, with the one of that name where it is configured.</param>
    public static IReadOnlyList<Intrusion> Of(string me, bool isStart, IReadOnlyList<Neighbour> all)
    {
        var isNamed = all.Any(resource => resource.Id == me) && (isStart || me != Nameless);
        Neighbour? self = null;
        foreach (var resource in all)
        {
            if (isNamed ? resource.Id == me : !isStart && IsCloser(resource, self))
            {
                self = resource;
            }
        }

        // One that has never run on this node may be meant for others.
        return
        [
            .. all.Where(resource => resource != self && resource.Shared.Count > 0)
                .Select(resource => new Intrusion(resource, isNamed && (resource.HasRunHere || !isStart))),
        ];
    }

    private static bool IsCloser(Neighbour one, Neighbour? other) =>
        other is null
        || one.Shared.Count > other.Shared.Count
        || (one.Shared.Count == other.Shared.Count && one.Differing < other.Differing);
}
