namespace OvndbOcf.Simulation.Engine;

/// <summary>Prepares this process for the Docker engine of this machine, once.</summary>
internal static class EngineSetup
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static bool done;

    /// <summary>
    /// Finds out which API the engine speaks, and tells Testcontainers through the environment: older engines refuse a newer API.
    /// Its own reaper is switched off, because it needs an image from a registry; <see cref="Cleanup"/> does that job here.
    /// Then it removes what earlier processes left that ended without cleaning up.
    /// </summary>
    /// <exception cref="InvalidOperationException">No engine answers, or there is no docker command.</exception>
    /// <exception cref="TimeoutException">The engine does not answer in time.</exception>
    public static async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (done)
            {
                return;
            }

            var version = await DockerCli
                .RunCheckedAsync(["version", "--format", "{{.Server.APIVersion}}"], TimeSpan.FromSeconds(20), cancellationToken)
                .ConfigureAwait(false);
            Environment.SetEnvironmentVariable("DOCKER_API_VERSION", version.Trim());
            Environment.SetEnvironmentVariable("TESTCONTAINERS_RYUK_DISABLED", "true");
            await Cleanup.RemoveAbandonedAsync(cancellationToken).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            Gate.Release();
        }
    }
}
