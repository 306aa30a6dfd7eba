using System.Globalization;
using System.Text.RegularExpressions;
using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>What the agents of a cluster log from a moment on. It is in Pacemaker's log, which survives a loss of power.</summary>
internal sealed partial class AgentLog
{
    private const string Path = "/var/log/pacemaker/pacemaker.log";

    private readonly Cluster cluster;
    private readonly Dictionary<string, long> marks;

    private AgentLog(Cluster cluster, Dictionary<string, long> marks)
    {
        this.cluster = cluster;
        this.marks = marks;
    }

    /// <summary>The log from now on. All nodes have to be on.</summary>
    public static async Task<AgentLog> FromNowAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var marks = new Dictionary<string, long>();
        foreach (var node in cluster.Nodes)
        {
            var size = await node.ExecCheckedAsync(["stat", "--format=%s", Path], cancellationToken: cancellationToken);
            marks[node.Name] = long.Parse(size.Stdout, CultureInfo.InvariantCulture);
        }

        return new AgentLog(cluster, marks);
    }

    /// <summary>What the agent logged on a node that is on.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(
            ["sh", "-c", $"tail -c +{marks[node.Name] + 1} {Path} | grep -F 'ovndb-servers(' || true"],
            cancellationToken: cancellationToken
        );
        return [.. result.Stdout.Split('\n').Where(line => line.Length > 0)];
    }

    /// <summary>The promotions that ended well on nodes that are on, in their order.</summary>
    public async Task<IReadOnlyList<LoggedPromotion>> PromotionsAsync(CancellationToken cancellationToken)
    {
        var promotions = new List<LoggedPromotion>();
        foreach (var node in cluster.Nodes)
        {
            if (await node.IsOnAsync(cancellationToken))
            {
                promotions.AddRange(
                    (await LinesAsync(node, cancellationToken))
                        .Select(line => PromotionLine().Match(line))
                        .Where(match => match.Success)
                        .Select(match => new LoggedPromotion(
                            long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture),
                            node.Name,
                            match.Groups["words"].Value
                        ))
                );
            }
        }

        return [.. promotions.OrderBy(promotion => promotion.Number)];
    }

    /// <summary>The files that a node set aside, as its log names them.</summary>
    public async Task<IReadOnlyList<string>> SetAsideAsync(ClusterNode node, CancellationToken cancellationToken) =>
        [
            .. (await LinesAsync(node, cancellationToken))
                .Select(line => SetAsideLine().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Groups["path"].Value)
                .Distinct(),
        ];

    /// <summary>What docs/messages.md has people search for: each step of one promotion, on nodes that are on. A number is never used again, so the whole log is searched.</summary>
    public static async Task<IReadOnlyList<LoggedStep>> StoryAsync(Cluster cluster, long number, CancellationToken cancellationToken)
    {
        var steps = new List<LoggedStep>();
        foreach (var node in cluster.Nodes)
        {
            if (await node.IsOnAsync(cancellationToken))
            {
                // 1: there is none.
                var found = await node.ExecAsync(
                    ["grep", "-hE", $"(execd|remoted).*: promotion ([0-9]+ makes way for promotion )?{number}: ", Path],
                    cancellationToken: cancellationToken
                );
                steps.AddRange(
                    found.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new LoggedStep(node.Name, line))
                );
            }
        }

        return steps;
    }

    [GeneratedRegex(@"promotion (?<number>\d+): NB and SB databases on (?<node>\S+) are active, (?<words>.*)")]
    private static partial Regex PromotionLine();

    [GeneratedRegex(@"the copy is set aside as (?<path>/\S+)\. ")]
    private static partial Regex SetAsideLine();
}

/// <summary>A step of a promotion, in the log of one node.</summary>
/// <param name="Node">Where.</param>
/// <param name="Line">The line.</param>
internal sealed record LoggedStep(string Node, string Line)
{
    /// <summary>Whether the line says that.</summary>
    public bool Says(string text) => Line.Contains(text, StringComparison.Ordinal);
}

/// <summary>A promotion as the promoted instance logs it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Node">Where.</param>
/// <param name="Words">What it says of the data.</param>
internal sealed record LoggedPromotion(long Number, string Node, string Words)
{
    /// <summary>Whether the promoted copy held the closing marker of the promotion before it.</summary>
    public bool IsComplete => Words.Contains("the copy holds the closing marker", StringComparison.Ordinal);
}
