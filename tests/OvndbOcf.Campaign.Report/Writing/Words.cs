using System.Globalization;

namespace OvndbOcf.Campaign.Report.Writing;

/// <summary>How figures and names of the report are told.</summary>
internal static class Words
{
    /// <summary>A duration with its unit.</summary>
    public static string Seconds(double seconds) =>
        seconds.ToString(Math.Round(Math.Abs(seconds), 1) < 100 ? "0.0' s'" : "0' s'", CultureInfo.InvariantCulture);

    /// <summary>A recovery: its duration, or that there was none.</summary>
    public static string Recovery(double? seconds) => seconds is { } known ? Seconds(known) : "never";

    /// <summary>A number of things, in the singular or the plural.</summary>
    public static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    /// <summary>Who a campaign's agent is.</summary>
    public static string Agent(string agent) =>
        agent switch
        {
            "ours" => "This agent",
            "shell" => "Shell agent",
            _ => agent,
        };

    /// <summary>A class of faults.</summary>
    public static string Class(FaultClass faultClass) =>
        faultClass switch
        {
            FaultClass.Planned => "planned",
            FaultClass.Unplanned => "unplanned",
            FaultClass.NodeLoss => "node lost",
            _ => "unknown",
        };

    /// <summary>A role of a node.</summary>
    public static string Role(NodeRole role) =>
        role switch
        {
            NodeRole.Off => "off",
            NodeRole.Stopped => "stopped",
            NodeRole.Backup => "backup",
            NodeRole.Active => "active",
            _ => "unknown",
        };

    /// <summary>What a campaign ran on, in a line.</summary>
    public static string Campaign(CampaignSetup setup) =>
        string.Create(CultureInfo.InvariantCulture, $"{Agent(setup.Agent)}, {Ground(setup)}");

    /// <summary>What campaigns have in common that can be compared.</summary>
    public static string Ground(CampaignSetup setup) =>
        string.Create(CultureInfo.InvariantCulture, $"{setup.Release}, {Count(setup.Nodes, "node", "nodes")}, seed {setup.Seed}");
}
