using System.Text;

namespace OvndbOcf.Fuzzing.Engine;

/// <summary>Makes inputs from samples: valid ones, ones that are damaged a little, and noise.</summary>
public static class Mutator
{
    private const int MostMutations = 4;
    private const int LongRun = 20_000;
    private const int HugeRun = 300_000;

    // What means something to some reader, or to what is behind it.
    private static readonly byte[][] Tokens =
    [
        [0],
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf8, 0x88, 0x80, 0x80, 0x80],
        [0x1b, (byte)'[', (byte)'2', (byte)'J'],
        .. Utf8(
            "\n",
            "\r\n",
            "\t",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u200b",
            "\u00a0",
            "\ufeff",
            "😀",
            " ",
            "  ",
            "\"",
            "'",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "../",
            "../../../etc/passwd",
            "/",
            "/dev/zero",
            "$(reboot)",
            "`id`",
            "; reboot",
            "| cat",
            "&&",
            "*",
            "%s%n",
            "${IFS}",
            "0",
            "-1",
            "+1",
            "1e999",
            "0x7f",
            "65536",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999999",
            "NaN",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "=",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "<",
            "&amp;",
            "&#0;",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "<!--",
            "]]>",
            "state: active\n",
            "state: backup\n",
            "database: OVN_Northbound\n",
            "open",
            "closed",
            "complete=yes",
            "promotable",
            "-",
            "end",
            "\nend\n",
            "[::1]:1",
            "10.9",
            "%eth0"
        ),
    ];

    /// <summary>One input.</summary>
    public static byte[] Make(IReadOnlyList<byte[]> samples, Random random)
    {
        var kind = random.Next(20);
        if (kind == 0)
        {
            return Noise(random, random.Next(1 << random.Next(10)));
        }

        var bytes = new List<byte>(samples[random.Next(samples.Count)]);
        for (var i = kind == 1 ? 0 : random.Next(1, MostMutations + 1); i > 0; i--)
        {
            Mutate(bytes, samples, random);
        }

        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, IReadOnlyList<byte[]> samples, Random random)
    {
        var place = random.Next(bytes.Count + 1);
        var length = random.Next(Math.Min(bytes.Count - place, 64) + 1);
        switch (random.Next(10))
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(place, length));
                break;
            case 4:
                var other = samples[random.Next(samples.Count)];
                var cut = random.Next(other.Length + 1);
                bytes.InsertRange(place, other[cut..]);
                break;
            case 5:
                ReplaceNumber(bytes, place, random);
                break;
            case 6 when random.Next(8) == 0:
                bytes.InsertRange(place, Run(random));
                break;
            case 7:
                bytes.InsertRange(place, Noise(random, random.Next(16)));
                break;
            default:
                bytes.InsertRange(place, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }

    private static void ReplaceNumber(List<byte> bytes, int from, Random random)
    {
        var begin = bytes.FindIndex(from, value => char.IsAsciiDigit((char)value));
        if (begin < 0)
        {
            return;
        }

        var end = begin;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
        {
            end++;
        }

        bytes.RemoveRange(begin, end - begin);
        bytes.InsertRange(
            begin,
            Utf8(
                random.Next(4) == 0
                    ? new string('9', random.Next(1, 400))
                    : random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)
            )[0]
        );
    }

    // The same again and again: a line without end, or something nested without end.
    private static byte[] Run(Random random)
    {
        var count = random.Next(16) == 0 ? random.Next(HugeRun) : random.Next(random.Next(4) == 0 ? LongRun : 200);
        var token = random.Next(3) switch
        {
            0 => [(byte)random.Next(256)],
            1 => Utf8("[", "{\"a\":", "]", "}", "<a>", "\n", " ")[random.Next(7)],
            _ => Tokens[random.Next(Tokens.Length)],
        };
        var bytes = new byte[Math.Max(count / token.Length, 1) * token.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = token[i % token.Length];
        }

        return bytes;
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[][] Utf8(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
}
