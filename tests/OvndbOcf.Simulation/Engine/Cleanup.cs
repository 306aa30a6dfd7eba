namespace OvndbOcf.Simulation.Engine;

/// <summary>Finds what the simulation made by its labels, and removes it.</summary>
internal static class Cleanup
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>Removes the containers, networks and volumes of one cluster.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="TimeoutException">The engine took too long.</exception>
    public static Task RemoveRunAsync(string run, CancellationToken cancellationToken) =>
        RemoveAsync($"{RunLabels.Run}={run}", cancellationToken);

    /// <summary>Removes all clusters that were to be kept.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="TimeoutException">The engine took too long.</exception>
    public static Task RemoveKeptAsync(CancellationToken cancellationToken) => RemoveAsync($"{RunLabels.Keep}=1", cancellationToken);

    /// <summary>Removes the clusters whose owner is gone and that were not to be kept.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="TimeoutException">The engine took too long.</exception>
    public static async Task RemoveAbandonedAsync(CancellationToken cancellationToken)
    {
        var format = $"{{{{.Label \"{RunLabels.Run}\"}}}} {{{{.Label \"{RunLabels.Owner}\"}}}} {{{{.Label \"{RunLabels.Keep}\"}}}}";
        var containers = await DockerCli
            .ListAsync(["ps", "--all", "--filter", $"label={RunLabels.Marker}=1", "--format", format], Limit, cancellationToken)
            .ConfigureAwait(false);
        var networks = await DockerCli
            .ListAsync(["network", "ls", "--filter", $"label={RunLabels.Marker}=1", "--format", format], Limit, cancellationToken)
            .ConfigureAwait(false);
        foreach (var run in Abandoned(containers.Concat(networks), identity => identity.IsGone()))
        {
            await RemoveRunAsync(run, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The runs to remove, from lines of run, owner and keep mark.</summary>
    internal static IReadOnlyList<string> Abandoned(IEnumerable<string> lines, Func<ProcessIdentity, bool> isGone) =>
        [
            .. from line in lines
            let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where parts.Length == 2
            let owner = ProcessIdentity.Parse(parts[1])
            where owner is not null && isGone(owner)
            group parts[0] by parts[0] into run
            select run.Key,
        ];

    /// <summary>
    /// The engine refuses to remove what another process is removing, and a network as long as a container is on it: both end by
    /// themselves, so it is tried a few times.
    /// </summary>
    private static async Task RemoveAsync(string label, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await RemoveOnceAsync(label, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (InvalidOperationException) when (attempt < Attempts)
                {
                    await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task RemoveOnceAsync(string label, CancellationToken cancellationToken)
    {
        var containers = await DockerCli
            .ListAsync(["ps", "--all", "--quiet", "--filter", $"label={label}"], Limit, cancellationToken)
            .ConfigureAwait(false);
        if (containers.Count > 0)
        {
            await DockerCli.RunCheckedAsync(["rm", "--force", "--volumes", .. containers], Limit, cancellationToken).ConfigureAwait(false);
        }

        var networks = await DockerCli
            .ListAsync(["network", "ls", "--quiet", "--filter", $"label={label}"], Limit, cancellationToken)
            .ConfigureAwait(false);
        if (networks.Count > 0)
        {
            await DockerCli.RunCheckedAsync(["network", "rm", .. networks], Limit, cancellationToken).ConfigureAwait(false);
        }

        var volumes = await DockerCli
            .ListAsync(["volume", "ls", "--quiet", "--filter", $"label={label}"], Limit, cancellationToken)
            .ConfigureAwait(false);
        if (volumes.Count > 0)
        {
            await DockerCli.RunCheckedAsync(["volume", "rm", .. volumes], Limit, cancellationToken).ConfigureAwait(false);
        }
    }
}
