namespace OvndbOcf.Servers.Control;

/// <summary>What came of a step: done, or why not.</summary>
/// <param name="Problem">Why it failed, for the exit reason; null if it is done.</param>
public readonly record struct Outcome(string? Problem)
{
    /// <summary>The step is done.</summary>
    public static Outcome Done => default;

    /// <summary>Whether the step is done.</summary>
    public bool IsDone => Problem is null;

    /// <summary>The step failed.</summary>
    public static Outcome Failed(string problem) => new(problem);

    /// <summary>One outcome of several: done if all are, otherwise all the problems.</summary>
    public static Outcome All(params IReadOnlyList<Outcome> outcomes)
    {
        var problems = new List<string>();
        foreach (var outcome in outcomes)
        {
            if (outcome.Problem is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems.Count == 0 ? Done : Failed(string.Join("; ", problems));
    }
}
