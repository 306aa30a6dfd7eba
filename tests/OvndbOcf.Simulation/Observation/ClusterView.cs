using System.Globalization;
using System.Text;
using OvndbOcf.Simulation.Status;

namespace OvndbOcf.Simulation.Observation;

/// <summary>A cluster at one moment: what Pacemaker says, and what is really on the nodes.</summary>
/// <param name="Status">Pacemaker's word.</param>
/// <param name="Nodes">All nodes, whether they are on or not.</param>
public sealed record ClusterView(ClusterStatus Status, IReadOnlyList<NodeView> Nodes)
{
    /// <summary>The node with the name.</summary>
    public NodeView this[string name] => Nodes.First(node => node.Name == name);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Status);
        foreach (var node in Nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {node.Name}: ");
            text.Append(
                node.Answers
                    ? $"NB {Describe(node.Northbound)}; SB {Describe(node.Southbound)}; northd {Describe([.. node.NorthdProcesses.Select(pid => $"{pid}")])}; address {(node.HasAddress ? "here" : "not here")}"
                    : "does not answer"
            );
        }

        return text.ToString();
    }

    private static string Describe(ServerView server) =>
        $"\"{server.Said.ReplaceLineEndings(", ")}\" processes {Describe(server.Processes)}, {server.Rows?.Count.ToString(CultureInfo.InvariantCulture) ?? "no"} rows";

    private static string Describe(IReadOnlyList<string> processes) =>
        processes.Count > 0 ? string.Join('+', processes.Select(process => process.Split(' ')[0])) : "none";
}
