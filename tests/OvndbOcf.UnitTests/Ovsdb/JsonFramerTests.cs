using System.Text;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Json;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class JsonFramerTests
{
    private const int Limit = 200;

    public static TheoryData<string> Messages =>
        [
            "{}",
            """{"id":0,"result":"state: active\n","error":null}""",
            """{"braces in text":"}]{[ \" \\","nested":[{},[[]],{"a":[1,-2.5E+3,true]}]}""",
            "\r\n\t {\"a\" : \"\\u007d\\\\\"}",
            """{"größer":"日本"}""",
        ];

    public static TheoryData<string> Garbage =>
        [
            "x",
            "HTTP/1.1 400 Bad Request",
            "1",
            "\"text\"",
            "[1]",
            "}",
            "]",
            ",",
            "\0",
            "{]",
            "{[}",
            "{'a':1}",
            "{\"a\u0001",
            "{\"line\nbreak",
            "{\u007f",
            "{\u00e4:1}",
        ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void An_object_ends_at_the_same_byte_wherever_the_stream_is_cut(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        byte[] stream = [.. bytes, .. "{\"next\":"u8];
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var framer = new JsonFramer(Limit);
            Assert.Equal(FrameStatus.Incomplete, framer.Scan(stream.AsSpan(0, cut), out var first));
            Assert.Equal(cut, first);
            Assert.Equal(FrameStatus.Complete, framer.Scan(stream.AsSpan(cut), out var second));
            Assert.Equal(bytes.Length, first + second);
        }
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Garbage_is_refused_at_its_first_byte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var framer = new JsonFramer(Limit);
        var status = FrameStatus.Incomplete;
        for (var i = 0; i < bytes.Length && status == FrameStatus.Incomplete; i++)
        {
            status = framer.Scan(bytes.AsSpan(i, 1), out _);
        }

        Assert.Equal(FrameStatus.Garbage, status);
    }

    [Fact]
    public void A_message_may_have_as_many_bytes_as_the_limit_says_but_no_more()
    {
        var fits = Encoding.UTF8.GetBytes("{\"" + new string('a', Limit - 4) + "\"}");
        Assert.Equal(FrameStatus.Complete, new JsonFramer(Limit).Scan(fits, out _));
        Assert.Equal(FrameStatus.TooLarge, new JsonFramer(Limit - 1).Scan(fits, out _));
    }

    [Fact]
    public void The_limit_counts_anew_for_each_message()
    {
        var framer = new JsonFramer(10);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(FrameStatus.Complete, framer.Scan("{\"a\":1}"u8, out _));
        }
    }

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        var framer = new JsonFramer(1000);
        var levels = new string('[', ProtocolLimits.Depth - 1);
        Assert.Equal(FrameStatus.Incomplete, framer.Scan(Encoding.UTF8.GetBytes("{\"a\":" + levels), out _));
        Assert.Equal(FrameStatus.TooLarge, framer.Scan("["u8, out _));

        var whole = Encoding.UTF8.GetBytes("{\"a\":" + levels + new string(']', ProtocolLimits.Depth - 1) + "}");
        Assert.Equal(FrameStatus.Complete, new JsonFramer(1000).Scan(whole, out _));
    }

    [Fact]
    public void The_buffer_hands_out_messages_in_order_and_keeps_what_is_incomplete()
    {
        var buffer = new MessageBuffer(1 << 20);
        var long1 = "{\"long\":\"" + new string('x', 10_000) + "\"}";
        Add(buffer, "{\"a\":1} {\"b\":2}" + long1[..5000]);
        Assert.Equal("{\"a\":1}", Take(buffer));
        Assert.Equal(" {\"b\":2}", Take(buffer));
        Assert.Null(Take(buffer));
        Add(buffer, long1[5000..] + "{\"c\":3}");
        Assert.Equal(long1, Take(buffer));
        Assert.Equal("{\"c\":3}", Take(buffer));
        Assert.Null(Take(buffer));
    }

    private static void Add(MessageBuffer buffer, string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty)
        {
            var room = buffer.Room();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            buffer.Added(count);
            bytes = bytes[count..];
        }
    }

    private static string? Take(MessageBuffer buffer) =>
        buffer.Take(out var message) == FrameStatus.Complete ? Encoding.UTF8.GetString(message.Span) : null;
}
