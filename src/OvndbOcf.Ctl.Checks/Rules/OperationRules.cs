using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The operations of the databases: monitors for both roles, and time enough for each action.</summary>
internal static class OperationRules
{
    private const string Monitor = "monitor";
    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(10);

    // crm_mon shows what Pacemaker takes where neither the operation nor op_defaults name one.
    private static readonly TimeSpan PacemakersTimeout = TimeSpan.FromSeconds(20);

    // A server reads 10 MiB a second of a file on a loaded machine, before it answers; the rest of a start takes less than this.
    private const long BytesReadInSecond = 10 << 20;
    private static readonly TimeSpan RestOfStart = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("monitor-promoted-missing", Severity.Error, cluster => MissingFor(cluster, RoleNames.Promoted)),
        new("monitor-unpromoted-missing", Severity.Error, cluster => MissingFor(cluster, RoleNames.Unpromoted)),
        new("monitor-same-interval", Severity.Error, SameInterval),
        new("monitor-without-role", Severity.Hint, WithoutRole),
        new("monitor-interval", Severity.Hint, Interval),
        new("monitor-on-fail", Severity.Error, OnFail),
        new("timeout-short", Severity.Warning, Timeouts),
        new("timeout-for-file", Severity.Warning, TimeoutForFile),
        new("address-monitor-missing", Severity.Warning, AddressMonitor),
    ];

    private static IEnumerable<ResourceOperation> Monitors(PrimitiveResource resource) =>
        resource.Operations.Where(operation =>
            operation.Name == Monitor
            && operation.Interval is not { Ticks: 0 }
            && !(operation.Attributes.TryGetValue("enabled", out var enabled) && OcfBoolean.TryParse(enabled) == false)
        );

    // One without a role is run for unpromoted instances only (Pacemaker 2.1.5).
    private static bool IsFor(ResourceOperation operation, string role) =>
        operation.Role == role || (operation.Role is null or "Started" && role == RoleNames.Unpromoted);

    private static ActionDefinition Advised(string role) =>
        AgentDescription.Definition.Actions.First(action => action.Name == Monitor && action.Role == role);

    private static string? AddMonitor(CheckedCluster cluster, string role) =>
        Pcs.AddOperation(
            cluster.Primitive.Id,
            Monitor,
            $"interval={Duration.Text(FreeInterval(cluster, role))}",
            $"timeout={Duration.Text(Advised(role).Timeout)}",
            $"role={role}"
        );

    // The advised one, or the next that no other monitor has: Pacemaker keeps one for each interval.
    private static TimeSpan FreeInterval(CheckedCluster cluster, string role)
    {
        var taken = Monitors(cluster.Primitive)
            .Where(operation => !IsFor(operation, role))
            .Select(operation => operation.Interval)
            .ToList();
        var interval = Advised(role).Interval!.Value;
        while (taken.Contains(interval))
        {
            interval += TimeSpan.FromSeconds(1);
        }

        return interval;
    }

    private static string? ReplaceMonitor(CheckedCluster cluster, ResourceOperation operation, string role) =>
        Shell.Then(Pcs.DeleteOperation(operation.Id), AddMonitor(cluster, role));

    private static Verdict MissingFor(CheckedCluster cluster, string role) =>
        Monitors(cluster.Primitive).Any(operation => IsFor(operation, role))
            ? Verdict.Fine
            : Verdict.Of(
                $"{cluster.Primitive.Id} has no monitor for the role {role}: Pacemaker does not notice when such an instance fails",
                AddMonitor(cluster, role)
            );

    private static Verdict SameInterval(CheckedCluster cluster)
    {
        var promoted = Monitors(cluster.Primitive)
            .Where(operation => IsFor(operation, RoleNames.Promoted))
            .Select(operation => operation.Interval)
            .ToHashSet();
        return Verdict.Of(
            Monitors(cluster.Primitive)
                .Where(operation => IsFor(operation, RoleNames.Unpromoted) && promoted.Contains(operation.Interval))
                .Select(operation => new Problem(
                    $"the monitors of both roles have the interval {operation.Attributes["interval"]}: Pacemaker runs only one monitor for each interval",
                    ReplaceMonitor(cluster, operation, RoleNames.Unpromoted)
                ))
        );
    }

    private static Verdict WithoutRole(CheckedCluster cluster) =>
        Verdict.Of(
            Monitors(cluster.Primitive)
                .Where(operation => operation.Role is null or "Started")
                .Select(operation => new Problem(
                    $"the monitor {operation.Id} names no role: Pacemaker runs it for unpromoted instances only, and does not tell the agent what it expects",
                    ReplaceMonitor(cluster, operation, RoleNames.Unpromoted)
                ))
        );

    private static Verdict Interval(CheckedCluster cluster) =>
        Verdict.Of(
            Monitors(cluster.Primitive)
                .Where(operation => operation.Interval is { } interval && interval > LongInterval)
                .Select(operation => new Problem(
                    $"the monitor {operation.Id} runs every {operation.Attributes["interval"]}: a failure is noticed that late, and a monitor of this agent takes milliseconds",
                    ReplaceMonitor(cluster, operation, operation.Role == RoleNames.Promoted ? RoleNames.Promoted : RoleNames.Unpromoted)
                ))
        );

    private static Verdict OnFail(CheckedCluster cluster) =>
        Verdict.Of(
            Monitors(cluster.Primitive)
                .Where(operation => operation.Attributes.GetValueOrDefault("on-fail") is "ignore" or "block")
                .Select(operation => new Problem(
                    $"on-fail of the monitor {operation.Id} is {operation.Attributes["on-fail"]}: Pacemaker recovers nothing",
                    ReplaceMonitor(cluster, operation, operation.Role == RoleNames.Promoted ? RoleNames.Promoted : RoleNames.Unpromoted)
                ))
        );

    private static TimeSpan? TimeoutOf(CheckedCluster cluster, ResourceOperation? operation) =>
        (operation?.Attributes.GetValueOrDefault("timeout") ?? cluster.Configuration.OperationDefaults.GetValueOrDefault("timeout"))
            is { } text
            ? Duration.TryParse(text)
            : PacemakersTimeout;

    private static Verdict Timeouts(CheckedCluster cluster)
    {
        string[] checkedActions = ["start", "stop", "promote", "demote", "notify"];
        var problems = new List<Problem>();
        foreach (var action in AgentDescription.Definition.Actions.Where(action => checkedActions.Contains(action.Name)))
        {
            var operation = cluster.Primitive.Operations.FirstOrDefault(candidate => candidate.Name == action.Name);
            if (TimeoutOf(cluster, operation) is { } timeout && timeout < action.Timeout)
            {
                problems.Add(
                    new Problem(
                        $"the timeout of {action.Name} is {Duration.Text(timeout)}, and the agent asks for {Duration.Text(action.Timeout)}",
                        SetTimeout(cluster, operation, action.Name, action.Timeout)
                    )
                );
            }
        }

        foreach (var monitor in Monitors(cluster.Primitive))
        {
            var role = monitor.Role == RoleNames.Promoted ? RoleNames.Promoted : RoleNames.Unpromoted;
            if (TimeoutOf(cluster, monitor) is { } timeout && timeout < Advised(role).Timeout)
            {
                problems.Add(
                    new Problem(
                        $"the timeout of the monitor {monitor.Id} is {Duration.Text(timeout)}, and the agent asks for {Duration.Text(Advised(role).Timeout)}",
                        Shell.Then(
                            Pcs.DeleteOperation(monitor.Id),
                            Pcs.AddOperation(
                                cluster.Primitive.Id,
                                Monitor,
                                $"interval={monitor.Attributes["interval"]}",
                                $"timeout={Duration.Text(Advised(role).Timeout)}",
                                $"role={role}"
                            )
                        )
                    )
                );
            }
        }

        return Verdict.Of(problems);
    }

    private static string? SetTimeout(CheckedCluster cluster, ResourceOperation? operation, string action, TimeSpan timeout)
    {
        var add = Pcs.AddOperation(cluster.Primitive.Id, action, "interval=0s", $"timeout={Duration.Text(timeout)}");
        return operation is null ? add : Shell.Then(Pcs.DeleteOperation(operation.Id), add);
    }

    private static Verdict TimeoutForFile(CheckedCluster cluster)
    {
        var start = cluster.Primitive.Operations.FirstOrDefault(operation => operation.Name == "start");
        if (TimeoutOf(cluster, start) is not { } timeout)
        {
            return Verdict.Undecided("the timeout of start is not readable");
        }

        // Both servers read at the same time, from one disk.
        var lengths = cluster.Node.Databases.Select(database => database.FileLength).ToList();
        if (lengths.Exists(length => !length.IsKnown))
        {
            return Verdict.Undecided(lengths.First(length => !length.IsKnown).WhyUnknown);
        }

        var bytes = lengths.Sum(length => length.Value ?? 0);
        var needed = RestOfStart + TimeSpan.FromSeconds(bytes / BytesReadInSecond);
        return needed <= timeout
            ? Verdict.Fine
            : Verdict.Of(
                $"the database files have {bytes >> 20} MiB, which servers read before they answer: that may take {Duration.Text(needed)}, and the timeout of start is {Duration.Text(timeout)}",
                SetTimeout(cluster, start, "start", needed)
            );
    }

    private static Verdict AddressMonitor(CheckedCluster cluster) =>
        cluster.AddressResource is { } address && !Monitors(address).Any()
            ? Verdict.Of(
                $"{address.Id} has no monitor: Pacemaker does not notice when the address vanishes",
                Pcs.AddOperation(address.Id, Monitor, "interval=10s", "timeout=20s")
            )
            : Verdict.Fine;
}
