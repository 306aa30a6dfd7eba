using System.Buffers.Binary;
using System.Numerics;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// The SHA-1 hash of a record's text (FIPS 180-4, 6.1), a check sum by which nothing is protected. Not that of the .NET libraries: they load the machine's OpenSSL for it, which
/// some machines lack, and which a static executable cannot load.
/// </summary>
internal sealed class RecordHash
{
    private const int BlockLength = 64;
    private const int Rounds = 80;

    private readonly uint[] _state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    private readonly uint[] _schedule = new uint[Rounds];
    private readonly byte[] _block = new byte[BlockLength];
    private int _filled;
    private ulong _length;

    /// <summary>Adds the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        while (!data.IsEmpty)
        {
            if (_filled == 0 && data.Length >= BlockLength)
            {
                Compress(data[..BlockLength]);
                data = data[BlockLength..];
                continue;
            }

            var count = Math.Min(BlockLength - _filled, data.Length);
            data[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            data = data[count..];
            if (_filled == BlockLength)
            {
                Compress(_block);
                _filled = 0;
            }
        }
    }

    /// <summary>The hash of all that was added, as 40 hexadecimal digits in lower case. Nothing can be added behind it.</summary>
    public string Finish()
    {
        var bits = _length * 8;
        Span<byte> padding = stackalloc byte[2 * BlockLength];
        padding.Clear();
        padding[0] = 0x80;
        var count = (_filled < BlockLength - sizeof(ulong) ? BlockLength : 2 * BlockLength) - _filled;
        BinaryPrimitives.WriteUInt64BigEndian(padding[(count - sizeof(ulong))..], bits);
        Append(padding[..count]);

        Span<byte> hash = stackalloc byte[_state.Length * sizeof(uint)];
        for (var i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], _state[i]);
        }

        return Convert.ToHexStringLower(hash);
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = _schedule;
        for (var i = 0; i < 16; i++)
        {
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (var i = 16; i < Rounds; i++)
        {
            schedule[i] = BitOperations.RotateLeft(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1);
        }

        var (a, b, c, d, e) = (_state[0], _state[1], _state[2], _state[3], _state[4]);

        // Four loops, without a look in each round at which function is due: files have hundreds of megabytes.
        var round = 0;
        for (; round < 20; round++)
        {
            var next = BitOperations.RotateLeft(a, 5) + ((b & (c ^ d)) ^ d) + e + 0x5a827999 + schedule[round];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (; round < 40; round++)
        {
            var next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + schedule[round];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (; round < 60; round++)
        {
            var next = BitOperations.RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + schedule[round];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (; round < Rounds; round++)
        {
            var next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + schedule[round];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
    }
}
