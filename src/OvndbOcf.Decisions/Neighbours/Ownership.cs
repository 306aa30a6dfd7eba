using System.Globalization;
using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Neighbours;

/// <summary>A process for good: its id and when it started.</summary>
/// <param name="Id">Process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot.</param>
public readonly record struct ProcessMark(int Id, long StartTicks)
{
    /// <summary>That of a process.</summary>
    public static ProcessMark Of(ProcessSnapshot process) => new(process.Id, process.StartTicks);
}

/// <summary>
/// Which resource the servers of one run directory belong to, as its instance noted it. Another resource of this agent whose parameters name the same directory must not touch them.
/// </summary>
/// <param name="Resource">The resource.</param>
/// <param name="Processes">The servers and the processes that watch them, or the action that is about to start them. While any of these lives, the servers are the resource's.</param>
public sealed record Ownership(string Resource, IReadOnlyList<ProcessMark> Processes)
{
    /// <summary>
    /// The resource, other than this one, to which the servers belong; null if they are this one's or nobody's. Nobody's are servers that nobody noted, such as those of the distribution or of OVN's
    /// shell agent, those of processes that have ended, and those of a resource that is not in the cluster's configuration any more.
    /// </summary>
    /// <param name="noted">What is noted; null for nothing.</param>
    /// <param name="me">This resource.</param>
    /// <param name="isAlive">Whether that very process lives.</param>
    public static string? Candidate(Ownership? noted, string me, Func<ProcessMark, bool> isAlive) =>
        noted is not null && noted.Resource != me && noted.Processes.Any(isAlive) ? noted.Resource : null;

    /// <summary>Whether a candidate counts. Where the configuration cannot be read, it does: what is another one's must not be touched in doubt.</summary>
    /// <param name="candidate">The result of <see cref="Candidate"/>.</param>
    /// <param name="configured">The resources of this agent in the configuration; null if unknown.</param>
    public static bool Counts(string candidate, IEnumerable<string>? configured) =>
        configured?.Contains(candidate, StringComparer.Ordinal) != false;

    /// <summary>As text: the resource, and in the next line <c>ID:START</c> of each process.</summary>
    public override string ToString() =>
        $"{Resource}\n{string.Join(' ', Processes.Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Id}:{process.StartTicks}")))}\n";

    /// <summary>Reads such a text; null if it is none.</summary>
    public static Ownership? Parse(string? text)
    {
        if (text?.Split('\n') is not [{ Length: > 0 } resource, var line, ""])
        {
            return null;
        }

        List<ProcessMark> processes = [];
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                word.Split(':') is not [var first, var second]
                || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            )
            {
                return null;
            }

            processes.Add(new ProcessMark(id, start));
        }

        return new Ownership(resource, processes);
    }
}
