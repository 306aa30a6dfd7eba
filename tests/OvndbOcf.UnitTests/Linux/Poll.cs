using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>Bounded waiting for what another process does.</summary>
internal static class Poll
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task UntilAsync(string what, Func<bool> holds, CancellationToken cancellation)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < until, $"waited too long for {what}");
            await Task.Delay(Pause, cancellation);
        }
    }
}
