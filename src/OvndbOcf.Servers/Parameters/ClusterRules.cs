using System.Globalization;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>Whether Pacemaker's configuration of the resource allows the agent to work. Only Pacemaker's own calls carry what this looks at.</summary>
public static class ClusterRules
{
    /// <summary>Every mistake in the clone's options; none where the call does not come from a cluster.</summary>
    public static IReadOnlyList<ParameterProblem> Check(OcfEnvironment environment)
    {
        var problems = new List<ParameterProblem>();
        if (environment.Meta("clone_max") is null)
        {
            return problems;
        }

        var promotedMax = environment.Meta("promoted_max") ?? environment.Meta("master_max");
        if (promotedMax is null)
        {
            problems.Add(new ParameterProblem(OcfExitCode.NotConfigured, "promotable",
                "the resource is a clone that cannot be promoted, so no server would ever become active; create it with: promotable notify=true"));
        }
        else if (!int.TryParse(promotedMax, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count != 1)
        {
            problems.Add(new ParameterProblem(OcfExitCode.NotConfigured, "promoted-max",
                $"it is {promotedMax}, and two active servers would each take writes that the other lacks; set promoted-max=1"));
        }

        if (environment.Meta("notify") is not { } notify || OcfBoolean.TryParse(notify) != true)
        {
            problems.Add(new ParameterProblem(OcfExitCode.NotConfigured, "notify",
                "backups would not learn of a promotion; set the clone's meta attribute notify=true"));
        }

        return problems;
    }
}
