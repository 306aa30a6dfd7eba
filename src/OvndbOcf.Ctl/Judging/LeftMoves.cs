using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Constraints that a move by a person left behind. Pure.</summary>
internal static class LeftMoves
{
    /// <summary>The commands that remove them, one for each resource.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Ids, string Command)> Of(ClusterView view) =>
        [
            .. view
                .Moves.GroupBy(id => ResourceOf(id, view), StringComparer.Ordinal)
                .Select(group => ((IReadOnlyList<string>)[.. group], $"crm_resource --clear --resource {group.Key}")),
        ];

    // crm_resource(8) names them after the resource: cli-ban-RESOURCE-on-NODE, cli-prefer-RESOURCE.
    private static string ResourceOf(string id, ClusterView view) =>
        view.Address?.Resource is { } address
        && (id == $"cli-prefer-{address}" || id.StartsWith($"cli-ban-{address}-on-", StringComparison.Ordinal))
            ? address
            : view.CloneId;
}
