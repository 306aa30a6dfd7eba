using System.Text;
using CliWrap;

namespace OvndbOcf.Linux;

/// <summary>Reads a stream until its end or until told to stop, and keeps the first bytes of it.</summary>
internal sealed class BoundedPipe : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStream _kept = new();
    private readonly int _maxBytes;

    public BoundedPipe(int maxBytes)
    {
        _maxBytes = maxBytes;
        Target = PipeTarget.Create(ReadAsync);
    }

    public PipeTarget Target { get; }

    public string Text
    {
        get
        {
            lock (_kept)
            {
                return Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);
            }
        }
    }

    public void StopReading() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Dispose();
        _kept.Dispose();
    }

    private async Task ReadAsync(Stream stream, CancellationToken cancelled)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancelled);
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, either.Token).ConfigureAwait(false) is var count and > 0)
            {
                lock (_kept)
                {
                    _kept.Write(buffer, 0, (int)Math.Min(count, _maxBytes - _kept.Length));
                }
            }
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // Told to stop: what has been read is all there is.
        }
    }
}
