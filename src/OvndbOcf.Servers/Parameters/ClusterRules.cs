using System.Globalization;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>Whether Pacemaker's configuration of the resource allows the agent to work. Only Pacemaker's own calls carry what this looks at.</summary>
public static class ClusterRules
{
    // From how many failures on Pacemaker's threshold hardly ever comes before an expiry of failures.
    private const int Generous = 4;

    /// <summary>What the meta attribute <c>migration-threshold</c> costs where it is set and small; null where it costs nothing.</summary>
    /// <param name="threshold">Its value; null where it is not set or not known.</param>
    public static string? RiskOfThreshold(string? threshold) =>
        int.TryParse(threshold, NumberStyles.None, CultureInfo.InvariantCulture, out var failures) && failures is > 0 and < Generous
            ? $"migration-threshold is {failures}: after {(failures == 1 ? "one failure" : $"{failures} failures")} Pacemaker bans the databases from this node, and the copy here, perhaps the only one with the "
                + "last rows, is not promoted; remove migration-threshold, and set failure-timeout"
            : null;

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
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.NotConfigured,
                    "promotable",
                    "the clone cannot be promoted, so no server would become active; create the resource with: promotable notify=true"
                )
            );
        }
        else if (!int.TryParse(promotedMax, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count != 1)
        {
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.NotConfigured,
                    "promoted-max",
                    $"{promotedMax} active servers would each take writes that the others lack; set promoted-max=1"
                )
            );
        }

        if (environment.Meta("notify") is not { } notify || OcfBoolean.TryParse(notify) != true)
        {
            // Some automation sets it a command after the clone: instances that had started by then, and refused, would be banned for good. Monitors see to it that backups follow.
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.NotConfigured,
                    "notify",
                    "without notifications, backups learn of a promotion at their next monitor only; set the clone's meta attribute notify=true",
                    PreventsStart: false
                )
            );
        }

        return problems;
    }
}
