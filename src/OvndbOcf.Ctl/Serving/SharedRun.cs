namespace OvndbOcf.Ctl.Serving;

/// <summary>Lets those who ask at the same time share one run, so that many clients cost no more than one.</summary>
internal sealed class SharedRun<T>(Func<Task<T>> run)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;

    /// <summary>The result of the run that lasts, or else of a new one.</summary>
    public Task<T> GetAsync()
    {
        lock (_lock)
        {
            return _running = _running is { IsCompleted: false } ? _running : Task.Run(run);
        }
    }
}
