using System.Diagnostics;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Bounded waiting for something that a cluster does a little later.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until a look finds what is expected; fails with what the last look found.</summary>
    public static async Task EqualAsync<T>(IEnumerable<T> expected, Func<Task<IEnumerable<T>>> look, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var wanted = expected.ToList();
        var found = (await look()).ToList();
        while (!found.SequenceEqual(wanted) && clock.Elapsed < Patience)
        {
            await Task.Delay(Pause, cancellationToken);
            found = [.. await look()];
        }

        Assert.Equal(wanted, found);
    }
}
