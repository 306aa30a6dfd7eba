using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Finds what keeps all instances from running, or from being promoted, until a person changes the configuration: no clean-up helps there. Pure.</summary>
internal static class Halt
{
    /// <summary>What it is; null if there is nothing of that kind.</summary>
    public static HaltView? Of(ClusterFacts facts) => facts.Cib.Disabled.GetValueOrDefault(facts.Resource.Id) ?? OfParameters(facts);

    // Pacemaker tries no other node after such a failure, and again by itself when the parameters have changed.
    private static HaltView? OfParameters(ClusterFacts facts)
    {
        var id = facts.Resource.Id;
        var failures = (facts.Status?.Failures ?? []).Where(failure => failure.Resource == id && failure.IsNotConfigured).ToList();
        return
            failures is [var first, ..]
            && !facts.Status!.Instances.Any(instance => instance.Resource == id && instance.Role != InstanceRole.Stopped)
            ? new HaltView(
                $"{facts.Resource.CloneId} runs nowhere: {first.Action} failed on {string.Join(" and ", failures.Select(failure => failure.Node).Distinct().Order(StringComparer.Ordinal))}: {first.Reason}",
                NextStep.After(first, facts)
            )
            : null;
    }
}
