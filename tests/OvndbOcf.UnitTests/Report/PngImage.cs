using System.Buffers.Binary;
using System.IO.Compression;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

/// <summary>A picture with eight bits a channel and no interlacing, as browsers write them.</summary>
internal sealed record PngImage(int Width, int Height, int Colours)
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static PngImage Read(byte[] file)
    {
        Assert.True(file.AsSpan().StartsWith(Signature), "no PNG");
        var header = file.AsSpan(16);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        Assert.Equal((8, 0), (header[8], header[12]));
        var channels = header[9] == 6 ? 4 : 3;
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(file, at + 8, length);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var pixels = new ZLibStream(data, CompressionMode.Decompress);
        return new PngImage(width, height, CountColours(pixels, width, height, channels));
    }

    private static int CountColours(Stream pixels, int width, int height, int channels)
    {
        var colours = new HashSet<int>();
        var above = new byte[width * channels];
        var line = new byte[width * channels];
        for (var row = 0; row < height; row++)
        {
            var filter = pixels.ReadByte();
            pixels.ReadExactly(line);
            for (var place = 0; place < line.Length; place++)
            {
                var left = place < channels ? 0 : line[place - channels];
                var corner = place < channels ? 0 : above[place - channels];
                line[place] += (byte)(
                    filter switch
                    {
                        1 => left,
                        2 => above[place],
                        3 => (left + above[place]) / 2,
                        4 => Paeth(left, above[place], corner),
                        _ => 0,
                    }
                );
            }

            for (var place = 0; place < line.Length; place += channels)
            {
                colours.Add((line[place] << 16) | (line[place + 1] << 8) | line[place + 2]);
            }

            (above, line) = (line, above);
        }

        return colours.Count;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (byLeft, byAbove, byCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return byLeft <= byAbove && byLeft <= byCorner ? left
            : byAbove <= byCorner ? above
            : corner;
    }
}
