using System.Globalization;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign;

/// <summary>What the nodes wrote down about themselves, several times a second, while nobody asked them.</summary>
internal static class RoleLogs
{
    private const string Program = "/usr/share/ovndb-ocf/role-log";
    private const string File = "/var/log/role-log";

    /// <summary>Nothing for longer than this: the node or its writer was frozen, off or starved, and what it was is not known.</summary>
    private const double Silence = 1.6;

    /// <summary>How long the last line before a silence counts: the pause between two looks.</summary>
    private const double Look = 0.15;

    /// <summary>Starts the writers that do not run. A node that does not answer has none.</summary>
    public static Task StartAsync(Cluster cluster, CancellationToken cancellationToken) =>
        Task.WhenAll(
            cluster.Nodes.Select(async node =>
            {
                try
                {
                    await node.ExecAsync(
                        ["sh", "-c", $"setsid {Program} {cluster.VirtualIp} {File} </dev/null >/dev/null 2>&1 &"],
                        cancellationToken: cancellationToken
                    );
                }
                catch (TimeoutException)
                {
                    // It freezes; it is asked again.
                }
            })
        );

    /// <summary>Reads what was written since a moment and starts the files anew.</summary>
    public static async Task<IReadOnlyList<Lane>> TakeAsync(
        Cluster cluster,
        DateTimeOffset begin,
        double length,
        CancellationToken cancellationToken
    )
    {
        var lanes = new List<Lane>();
        foreach (var node in cluster.Nodes)
        {
            var result = await node.ExecAsync(["sh", "-c", $"cat {File}; : > {File}"], cancellationToken: cancellationToken);
            lanes.Add(Read(node.Name, result.Stdout, begin, length));
        }

        return lanes;
    }

    /// <summary>From lines to what a node was when.</summary>
    internal static Lane Read(string node, string text, DateTimeOffset begin, double length)
    {
        var origin = begin.ToUnixTimeMilliseconds() / 1000.0;
        var samples = text.Split('\n').Select(Parse).OfType<Sample>().Select(sample => sample with { At = sample.At - origin }).ToList();
        var roles = new List<RolePeriod>();
        var address = new List<Period>();
        foreach (var (index, sample) in samples.Index())
        {
            var next = index + 1 < samples.Count ? samples[index + 1].At : length;
            var (from, to) = (Math.Max(0, sample.At), Math.Min(length, next - sample.At > Silence ? sample.At + Look : next));
            if (to <= from)
            {
                continue;
            }

            Add(roles, new RolePeriod(from, to, sample.Role));
            if (sample.HasAddress)
            {
                Add(address, new Period(from, to));
            }
        }

        return new Lane(node, Filled(roles, length), address);
    }

    private static Sample? Parse(string line) =>
        line.Split(' ') is [var at, var northbound, var southbound, var address]
        && double.TryParse(at, CultureInfo.InvariantCulture, out var time)
            ? new Sample(time, Role(northbound, southbound), address == "1")
            : null;

    /// <summary>
    /// One active server of the two is enough to take writes, if clients can connect to it. A backup that becomes active because it cannot write what it replicates
    /// listens nowhere.
    /// </summary>
    private static NodeRole Role(string northbound, string southbound) =>
        (northbound, southbound) switch
        {
            ("A", _) or (_, "A") => NodeRole.Active,
            ("B", "B") => NodeRole.Backup,
            ("-", _) or (_, "-") => NodeRole.Stopped,
            _ => NodeRole.Unknown,
        };

    private static void Add(List<RolePeriod> periods, RolePeriod next)
    {
        if (periods is [.., var last] && last.Role == next.Role && next.From - last.To < 0.001)
        {
            periods[^1] = last with { To = next.To };
        }
        else
        {
            periods.Add(next);
        }
    }

    private static void Add(List<Period> periods, Period next)
    {
        if (periods is [.., var last] && next.From - last.To < 0.001)
        {
            periods[^1] = last with { To = next.To };
        }
        else
        {
            periods.Add(next);
        }
    }

    /// <summary>With <see cref="NodeRole.Off"/> wherever nothing was written.</summary>
    private static List<RolePeriod> Filled(List<RolePeriod> periods, double length)
    {
        var filled = new List<RolePeriod>();
        var reached = 0.0;
        foreach (var period in periods.Append(new RolePeriod(length, length, NodeRole.Off)))
        {
            if (period.From - reached > 0.001)
            {
                filled.Add(new RolePeriod(reached, period.From, NodeRole.Off));
            }

            if (period.To > period.From)
            {
                filled.Add(period);
            }

            reached = Math.Max(reached, period.To);
        }

        return filled;
    }

    private sealed record Sample(double At, NodeRole Role, bool HasAddress);
}
