using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class PortConflictTests
{
    /// <summary>Where a server has to listen, who listens (own, other or unknown), and the index of the one in the way.</summary>
    public static TheoryData<string, string[], int?> Cases =>
        new()
        {
            { "10.0.0.9:6641", [], null },
            { "10.0.0.9:6641", ["own 10.0.0.9:6641"], null },
            { "10.0.0.9:6641", ["own 0.0.0.0:6641"], null },
            { "10.0.0.9:6641", ["other 10.0.0.9:6641"], 0 },
            { "10.0.0.9:6641", ["other 0.0.0.0:6641"], 0 },
            { "0.0.0.0:6641", ["other 127.0.0.1:6641"], 0 },
            { "[fd00::9]:6641", ["other [::]:6641"], 0 },
            { "10.0.0.9:6641", ["other [::]:6641 both"], 0 },
            { "0.0.0.0:6641", ["other [::]:6641 both"], 0 },
            { "[::]:6641", ["other 10.0.0.9:6641"], 0 },
            { "10.0.0.9:6641", ["own [::]:6641 both"], null },
            // Elsewhere.
            { "10.0.0.9:6641", ["other 10.0.0.8:6641", "other 10.0.0.9:6642"], null },
            { "10.0.0.9:6641", ["other [::]:6641"], null },
            { "[fd00::9]:6641", ["other 0.0.0.0:6641"], null },
            // The second of several ends.
            { "10.0.0.9:6641 10.0.0.2:6641", ["own 10.0.0.9:6641", "other 10.0.0.2:6641"], 1 },
            // Listening beside another one, as an operator's row may have it, is listening.
            { "10.0.0.9:6641", ["other 0.0.0.0:6641", "own 10.0.0.9:6641"], null },
            // What is not known is in nobody's way.
            { "10.0.0.9:6641", ["unknown 10.0.0.9:6641"], null },
            { "10.0.0.9:6641", ["unknown 0.0.0.0:6641", "other 10.0.0.9:6641"], null },
            { "", ["other 0.0.0.0:6641"], null },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_socket_of_somebody_else_is_in_the_way_where_the_server_has_none(string needed, string[] there, int? found)
    {
        var listeners = there
            .Select(
                (text, index) =>
                    new PortListener(IPEndPoint.Parse(text.Split(' ')[1]), $"{index}", text.EndsWith(" both", StringComparison.Ordinal))
            )
            .ToList();
        var conflict = PortConflict.Find(
            Ends(needed),
            listeners,
            listener =>
                there[listeners.IndexOf(listener)].Split(' ')[0] switch
                {
                    "own" => true,
                    "other" => false,
                    _ => null,
                }
        );
        Assert.Equal(found is { } index ? listeners[index] : null, conflict);
    }

    [Theory]
    [InlineData("10.0.0.9:6641", "", "10.0.0.9:6641")]
    [InlineData("10.0.0.9:6641", "10.0.0.9:6641", null)]
    [InlineData("10.0.0.9:6641", "0.0.0.0:6641", null)]
    [InlineData("10.0.0.9:6641 10.0.0.2:6641", "10.0.0.9:6641", "10.0.0.2:6641")]
    [InlineData("10.0.0.9:6641 10.0.0.2:6641", "10.0.0.9:6642 10.0.0.2:6641", "10.0.0.9:6641")]
    // An address that is yet to come.
    [InlineData("10.0.0.77:6641", "", null)]
    [InlineData("10.0.0.77:6641 10.0.0.2:6641", "", "10.0.0.2:6641")]
    [InlineData("", "", null)]
    public void Nobody_listens_where_the_address_is_here_and_no_socket_is(string needed, string there, string? silent) =>
        Assert.Equal(
            silent is null ? null : IPEndPoint.Parse(silent),
            PortConflict.FindSilent(
                Ends(needed),
                [.. Ends(there).Select((end, index) => new PortListener(end, $"{index}"))],
                address => !address.Equals(IPAddress.Parse("10.0.0.77"))
            )
        );

    private static IEnumerable<IPEndPoint> Ends(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse);
}
