using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>A view of the cluster now.</summary>
internal static class CommonView
{
    /// <summary>Finds out everything.</summary>
    /// <exception cref="CtlException">There is no configuration, no such resource, or several to choose from.</exception>
    public static async Task<ClusterView> ReadAsync(CtlSettings settings) =>
        ViewBuilder.Build(await new Gatherer(settings).GatherAsync().ConfigureAwait(false));
}
