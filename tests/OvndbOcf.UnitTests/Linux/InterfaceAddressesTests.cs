using System.Net;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class InterfaceAddressesTests
{
    [Fact]
    public void The_loopback_address_is_found()
    {
        var found = InterfaceAddresses.Find();
        Assert.NotNull(found);
        Assert.Contains(new InterfaceAddress(IPAddress.Loopback, 8, 1, false), found);
    }

    [Theory]
    [InlineData(0x00u, false)]
    [InlineData(0x80u, false)]
    [InlineData(0x81u, true)]
    [InlineData(0xa0u, true)]
    public void Secondary_and_deprecated_addresses_are_marked(uint flags, bool isSecondary)
    {
        List<InterfaceAddress> found = [];
        Assert.False(
            InterfaceAddresses.Parse(Message(20, 24, 3, (1, [10, 0, 0, 1]), (2, [10, 0, 0, 2]), (8, BitConverter.GetBytes(flags))), found)
        );
        Assert.Equal([new InterfaceAddress(IPAddress.Parse("10.0.0.2"), 24, 3, isSecondary)], found);
    }

    [Fact]
    public void Several_messages_come_in_one_answer_and_the_last_is_told()
    {
        List<InterfaceAddress> found = [];
        byte[] six = [.. IPAddress.Parse("fd00::2").GetAddressBytes()];
        Assert.True(
            InterfaceAddresses.Parse(
                [.. Message(20, 64, 2, (1, six)), .. Message(20, 24, 2, (6, [1, 2, 3, 4])), .. Message(3, 0, 0)],
                found
            )
        );
        Assert.Equal([new InterfaceAddress(IPAddress.Parse("fd00::2"), 64, 2, false)], found);
    }

    [Fact]
    public void An_error_or_a_length_that_lies_is_no_answer()
    {
        Assert.Null(InterfaceAddresses.Parse(Message(2, 0, 0), []));
        var lying = Message(20, 24, 2, (2, [10, 0, 0, 2]));
        lying[0] = 200;
        Assert.Null(InterfaceAddresses.Parse(lying, []));
        var attribute = Message(20, 24, 2, (2, [10, 0, 0, 2]));
        attribute[24] = 200;
        List<InterfaceAddress> found = [];
        Assert.False(InterfaceAddresses.Parse(attribute, found));
        Assert.Empty(found);
    }

    private static byte[] Message(ushort type, byte prefix, int index, params (ushort Type, byte[] Value)[] attributes)
    {
        List<byte> body = [2, prefix, 0, 0, .. BitConverter.GetBytes(index)];
        foreach (var (attribute, value) in attributes)
        {
            body.AddRange([.. BitConverter.GetBytes((ushort)(4 + value.Length)), .. BitConverter.GetBytes(attribute), .. value]);
        }

        return [.. BitConverter.GetBytes(16 + body.Count), .. BitConverter.GetBytes(type), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. body];
    }
}
