using OvndbOcf.ClusterTests.Recorded;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What recorded output has in the place of what differs from cluster to cluster.</summary>
public sealed class OutputMaskTests
{
    [Theory]
    [InlineData("since 2025-01-02 03:04:05 (12 s), promotion 4", "since 2026-11-27 07:00:00 (5 min), promotion 4")]
    [InlineData("(3 of 5)", "(3 of 5)")]
    [InlineData("\"time\": \"2025-01-02T03:04:05.1234567+00:00\"", "\"time\": \"2026-11-27T07:00:00+00:00\"")]
    [InlineData(
        "{\n  \"time\": \"2025-01-02T03:04:05+00:00\",\n  \"p\": {\n    \"time\": \"2025-01-02T03:04:04+00:00\"",
        "{\n  \"time\": \"2026-11-27T07:05:00+00:00\",\n  \"p\": {\n    \"time\": \"2026-11-27T07:00:00+00:00\""
    )]
    [InlineData("aside-node1-p3-20250102T030405123Z", "aside-node1-p3-20261127T070000000Z")]
    [InlineData("10.127.203.200 and 10.127.203.11:6641", "10.110.120.200 and 10.110.120.11:6641")]
    [InlineData("10.0.0.9, 192.0.2.254", "10.0.0.9, 192.0.2.254")]
    [InlineData("\"fileBytes\": 1234,", "\"fileBytes\": 18432,")]
    [InlineData("can take over; connected for 12 s", "can take over; connected for 5 min")]
    [InlineData(
        "\"connectedSince\": \"2025-01-02T03:04:05+00:00\", 2024-01-01T00:00:00Z",
        "\"connectedSince\": \"2026-11-27T07:00:00+00:00\", 2026-11-27T07:00:00Z"
    )]
    [InlineData("\"connectedSince\": null", "\"connectedSince\": null")]
    [InlineData("with everything sent (0 s before)", "with everything sent (1 s before)")]
    [InlineData("\"pauseSeconds\": 12", "\"pauseSeconds\": 1")]
    [InlineData("1   1.2 MiB", "1  18.0 KiB")]
    [InlineData("Clients could not write for 0.31 s.", "Clients could not write for 1.25 s.")]
    [InlineData(
        "\"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        "\"sha256\": \"0000000000000000000000000000000000000000000000000000000000000000\""
    )]
    [InlineData("1  123.4 KiB", "1   18.0 KiB")]
    [InlineData("ovndb_file_bytes{resource=\"ovndb\",database=\"nb\"} 1234", "ovndb_file_bytes{resource=\"ovndb\",database=\"nb\"} 1")]
    [InlineData("ovndb_collection_duration_seconds 0.123", "ovndb_collection_duration_seconds 1")]
    [InlineData("ovndb_promotion_number{resource=\"ovndb\"} 3", "ovndb_promotion_number{resource=\"ovndb\"} 3")]
    public void What_differs_gets_fixed_values_and_nothing_else_does(string text, string masked) =>
        Assert.Equal(masked, OutputMask.Of(text));

    [Fact]
    public void Times_keep_their_order_and_those_of_one_moment_stay_together() =>
        Assert.Equal(
            "2026-11-27 07:00:00, 2026-11-27T06:50:00Z, 2026-11-27 06:50:00, 2026-11-27 06:40:00",
            OutputMask.Of("2025-01-02 23:00:00, 2025-01-01T22:00:05Z, 2025-01-01 22:00:00, 2024-01-01 00:00:00")
        );

    [Fact]
    public void A_UUID_has_the_same_number_wherever_it_is() =>
        Assert.Equal(
            "00000000-0000-4000-8000-000000000001 00000000-0000-4000-8000-000000000002 00000000-0000-4000-8000-000000000001",
            OutputMask.Of("7f1c1a52-0c8b-4a53-9d0e-5e0b7d1f8e11 1d0c7a4e-8f4b-4b57-8f2a-2f0d1c6b7a90 7f1c1a52-0c8b-4a53-9d0e-5e0b7d1f8e11")
        );

    [Fact]
    public void A_recording_can_be_read_again()
    {
        List<RecordedCommand> commands =
        [
            new("ovndbctl list", "ovndb: node1\n\nNo problems.\n", 0),
            new("ovndbctl why node2", "# no command\n", 2),
            new("ovndbctl snapshots list", "", 64),
        ];
        Assert.Equal(commands, Recording.Read(Recording.Text(commands)));
        Assert.Equal(
            "{\n  \"ovndbctl list\": {\n    \"a\": \"'b'\"\n  }\n}\n",
            Recording.Json([new RecordedCommand("ovndbctl list", "{\"a\":\"'b'\"}", 0)])
        );
    }

    [Fact]
    public void The_first_difference_is_told()
    {
        Assert.Null(Recording.Difference("a\nb\n", "a\nb\n"));
        Assert.Equal("line 2 was recorded as\n  b\nand is\n  c", Recording.Difference("a\nb\n", "a\nc\n"));
        Assert.Equal("line 3 was recorded as\n  (the end)\nand is\n  c", Recording.Difference("a\n", "a\n\nc"));
    }
}
