namespace OvndbOcf.Ovsdb.Json;

/// <summary>
/// Finds where each top-level JSON object of a byte stream ends. RFC 7047 section 4 has no framing but JSON itself. Every byte is
/// looked at once, however finely the stream is cut. Only what framing needs is checked; the parser proper sees whole objects.
/// </summary>
internal struct JsonFramer(int maxBytes)
{
    // One bit a level: set for an object, clear for an array.
    private ulong _levels;
    private int _depth;
    private int _length;
    private bool _inString;
    private bool _escaped;

    /// <summary>
    /// Scans bytes that follow those scanned before. <paramref name="consumed"/> counts the bytes up to the end of the object if the
    /// answer is <see cref="FrameStatus.Complete"/>, the bytes looked at otherwise. White space before an object belongs to it.
    /// </summary>
    public FrameStatus Scan(ReadOnlySpan<byte> bytes, out int consumed)
    {
        for (consumed = 0; consumed < bytes.Length; )
        {
            var status = _length == maxBytes ? FrameStatus.TooLarge : Step(bytes[consumed]);
            consumed++;
            _length++;
            if (status == FrameStatus.Complete)
            {
                this = new JsonFramer(maxBytes);
            }

            if (status != FrameStatus.Incomplete)
            {
                return status;
            }
        }

        return FrameStatus.Incomplete;
    }

    private FrameStatus Step(byte value)
    {
        if (_inString)
        {
            return StepInString(value);
        }

        switch (value)
        {
            case (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                return FrameStatus.Incomplete;
            case (byte)'{':
                return Open(isObject: true);
            case (byte)'[':
                return Open(isObject: false);
            case (byte)'}':
                return Close(isObject: true);
            case (byte)']':
                return Close(isObject: false);
            case (byte)'"':
                _inString = true;
                break;
            case (byte)',' or (byte)':' or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'E':
            case (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z'):
                break;
            default:
                return FrameStatus.Garbage;
        }

        return _depth == 0 ? FrameStatus.Garbage : FrameStatus.Incomplete;
    }

    private FrameStatus StepInString(byte value)
    {
        if (value < 0x20)
        {
            return FrameStatus.Garbage;
        }

        if (_escaped)
        {
            _escaped = false;
        }
        else if (value == (byte)'\\')
        {
            _escaped = true;
        }
        else if (value == (byte)'"')
        {
            _inString = false;
        }

        return FrameStatus.Incomplete;
    }

    private FrameStatus Open(bool isObject)
    {
        if (_depth == ProtocolLimits.Depth)
        {
            return FrameStatus.TooLarge;
        }

        if (_depth == 0 && !isObject)
        {
            return FrameStatus.Garbage;
        }

        _levels = (_levels << 1) | (isObject ? 1UL : 0UL);
        _depth++;
        return FrameStatus.Incomplete;
    }

    private FrameStatus Close(bool isObject)
    {
        if (_depth == 0 || (_levels & 1) == 1 != isObject)
        {
            return FrameStatus.Garbage;
        }

        _levels >>= 1;
        _depth--;
        return _depth == 0 ? FrameStatus.Complete : FrameStatus.Incomplete;
    }
}
