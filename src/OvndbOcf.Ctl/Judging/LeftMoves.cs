using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Constraints that a move by a person left behind. Pure.</summary>
internal static class LeftMoves
{
    private const string Ban = "cli-ban-";
    private const string Preference = "cli-prefer-";

    /// <summary>The commands that remove them, one for each resource.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Ids, string Command)> Of(ClusterView view) =>
        [
            .. view
                .Moves.GroupBy(id => ResourceOf(id, view), StringComparer.Ordinal)
                .Select(group => ((IReadOnlyList<string>)[.. group], $"crm_resource --clear --resource {group.Key}")),
        ];

    // crm_resource(8) names them after the resource that the person named: cli-ban-RESOURCE-on-NODE, cli-prefer-RESOURCE. Names may have "-on-" in them, and a node may be gone.
    private static string ResourceOf(string id, ClusterView view)
    {
        if (id.StartsWith(Preference, StringComparison.Ordinal))
        {
            return id[Preference.Length..];
        }

        var name = id[Ban.Length..];
        var node = view.Nodes.FirstOrDefault(node => name.EndsWith($"-on-{node.Name}", StringComparison.Ordinal))?.Name;
        var end = node is null ? name.LastIndexOf("-on-", StringComparison.Ordinal) : name.Length - $"-on-{node}".Length;
        return end < 0 ? name : name[..end];
    }
}
