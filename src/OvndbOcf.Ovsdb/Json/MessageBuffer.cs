namespace OvndbOcf.Ovsdb.Json;

/// <summary>Collects received bytes and hands out whole messages, in their order.</summary>
internal sealed class MessageBuffer(int maxBytes)
{
    private const int Chunk = 4096;

    private byte[] _bytes = new byte[Chunk];
    private JsonFramer _framer = new(maxBytes);
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>Room for the next bytes; <see cref="Added"/> says how much of it was filled. Ends the life of messages taken.</summary>
    public Span<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _scanned -= _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            // One more than may be used tells a message that is too large.
            Array.Resize(ref _bytes, Math.Max(Chunk, Math.Min(_bytes.Length * 2, maxBytes + 1)));
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>The given number of bytes were written at the front of <see cref="Room"/>.</summary>
    public void Added(int count) => _end += count;

    /// <summary>The next message, if one is complete; it stays valid until <see cref="Room"/> is called.</summary>
    public FrameStatus Take(out ReadOnlyMemory<byte> message)
    {
        var status = _framer.Scan(_bytes.AsSpan(_scanned, _end - _scanned), out var consumed);
        _scanned += consumed;
        message = default;
        if (status == FrameStatus.Complete)
        {
            message = _bytes.AsMemory(_start, _scanned - _start);
            _start = _scanned;
        }

        return status;
    }
}
