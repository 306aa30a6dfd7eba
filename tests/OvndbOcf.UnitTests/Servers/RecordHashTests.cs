using System.Security.Cryptography;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class RecordHashTests
{
    [Fact]
    public void It_is_SHA_1_for_every_length_about_the_ends_of_blocks()
    {
        var data = new byte[300];
        new Random(7).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Expected(data.AsSpan(0, length)), Hash(data.AsSpan(0, length), length + 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(65536)]
    public void It_does_not_matter_in_which_parts_the_text_comes(int part)
    {
        var data = new byte[100_003];
        new Random(part).NextBytes(data);
        Assert.Equal(Expected(data), Hash(data, part));
    }

    private static string Hash(ReadOnlySpan<byte> data, int part)
    {
        var hash = new RecordHash();
        for (; !data.IsEmpty; data = data[Math.Min(part, data.Length)..])
        {
            hash.Append(data[..Math.Min(part, data.Length)]);
        }

        return hash.Finish();
    }

#pragma warning disable CA5350 // What it has to be equal to.
    private static string Expected(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA1.HashData(data));
#pragma warning restore CA5350
}
