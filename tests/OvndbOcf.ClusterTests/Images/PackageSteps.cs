using System.Globalization;
using OvndbOcf.ClusterTests.Packages;
using Xunit;

namespace OvndbOcf.ClusterTests.Images;

/// <summary>What is done to packages on a machine of its own, and what comes of it.</summary>
internal sealed class PackageSteps(NodeImage image)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command that has to succeed, and returns its standard output.</summary>
    public async Task<string> DoAsync(params string[] command)
    {
        var result = await image.RunAsync(Limit, command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)} ended with {result.ExitCode}:\n{result.Output}");
        return result.Stdout;
    }

    /// <summary>Fails unless Pacemaker finds the package's agent.</summary>
    public async Task AssertLeadsHereAsync() =>
        Assert.Equal(AgentPackage.Executable, (await DoAsync("readlink", "-f", OvnCommon.Place)).Trim());

    /// <summary>Runs a command, and fails unless the agent can be started all the time meanwhile.</summary>
    /// <param name="version">What the agent says of itself.</param>
    /// <param name="command">The command.</param>
    public async Task WatchedAsync(string version, params string[] command)
    {
        var watch = image.RunAsync(TimeSpan.FromSeconds(150), AgentPackage.Watch(version));
        try
        {
            await DoAsync(command);
        }
        finally
        {
            await DoAsync("touch", AgentPackage.StopWatching);
        }

        var lines = (await watch).Stdout.Trim().Split('\n');
        Assert.True(lines.Length == 1, $"{string.Join(' ', command)}:\n{string.Join('\n', lines.Take(5))}");
        Assert.InRange(int.Parse(lines[0], CultureInfo.InvariantCulture), 2, int.MaxValue);
    }
}
