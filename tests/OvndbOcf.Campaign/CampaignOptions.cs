using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign;

/// <summary>Whose agent a campaign is about.</summary>
internal enum AgentChoice
{
    /// <summary>The one of this project.</summary>
    Ours,

    /// <summary>The shell script that OVN brings along.</summary>
    Shell,
}

/// <summary>What a campaign shall do.</summary>
/// <param name="Faults">How many trials.</param>
/// <param name="Seed">Decides all of them.</param>
/// <param name="Release">The nodes' Debian release.</param>
/// <param name="Nodes">How many nodes, 2 or more.</param>
/// <param name="Agent">Whose agent.</param>
/// <param name="Output">The directory for the results.</param>
/// <param name="First">The trial to begin with, for a look at one of them; 1 otherwise.</param>
internal sealed record CampaignOptions(
    int Faults,
    int Seed,
    DebianRelease Release,
    int Nodes,
    AgentChoice Agent,
    string Output,
    int First = 1
)
{
    /// <summary>Texts, each of which has to be part of a kind's name; all kinds that have one of them come, or all kinds if there are no texts.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The file that remembers what was done, so that the same campaign can go on later.</summary>
    public string ResultFile => Path.Combine(Output, $"{Name}.json");

    /// <summary>What tells this campaign from others.</summary>
    public string Name =>
        string.Join('-', [Agent.ToString().ToLowerInvariant(), Release.Suite(), $"{Nodes}", $"{Seed}", .. Only.Select(InFileName)]);

    private static string InFileName(string text) =>
        string.Concat(text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
