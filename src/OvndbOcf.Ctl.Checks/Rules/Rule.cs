using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>A rule: a pure function of what was found.</summary>
/// <param name="Id">Its name, which never changes.</param>
/// <param name="Severity">How much its problems matter.</param>
/// <param name="Judge">What it says.</param>
internal sealed record Rule(string Id, Severity Severity, Func<CheckedCluster, Verdict> Judge)
{
    /// <summary>Its findings. What could not be looked at is one, too.</summary>
    public IEnumerable<Finding> Apply(CheckedCluster cluster)
    {
        var verdict = Judge(cluster);
        return verdict
            .Problems.Select(problem => new Finding(Id, Severity, problem.Reason, problem.Command))
            .Concat(verdict.Unknown.Select(why => new Finding(Id, Severity.Unknown, why, null)));
    }
}

/// <summary>Judging facts.</summary>
internal static class FactExtensions
{
    /// <summary>What a rule says of a fact; where the fact is not known, that.</summary>
    public static Verdict Judge<T>(this Fact<T> fact, Func<T, Verdict> judge) =>
        fact.IsKnown ? judge(fact.Value) : Verdict.Undecided(fact.WhyUnknown);
}
