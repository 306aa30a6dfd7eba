using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Checks;

/// <summary>Whether two nodes had active servers at the same time.</summary>
internal static class TwoActive
{
    // The nodes look at themselves every 0.1 s, so that what both of them saw last may be that old.
    private const double Uncertain = 0.3;

    /// <summary>What is wrong with it; nothing if nothing is.</summary>
    public static IEnumerable<string> Find(IReadOnlyList<Lane> lanes)
    {
        for (var first = 0; first < lanes.Count; first++)
        {
            for (var second = first + 1; second < lanes.Count; second++)
            {
                var overlaps =
                    from one in Active(lanes[first])
                    from other in Active(lanes[second])
                    let length = Math.Min(one.To, other.To) - Math.Max(one.From, other.From)
                    where length > Uncertain
                    select (From: Math.Max(one.From, other.From), Length: length);
                foreach (var overlap in overlaps)
                {
                    yield return FormattableString.Invariant(
                        $"{lanes[first].Node} and {lanes[second].Node} were both active for {overlap.Length:0.0} s, from {overlap.From:0.0} s on"
                    );
                }
            }
        }
    }

    private static IEnumerable<RolePeriod> Active(Lane lane) => lane.Roles.Where(period => period.Role == NodeRole.Active);
}
