using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Freshness;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class RestartedServerTests
{
    private static readonly Guid Boot = Guid.Parse("b0b0b0b0-0000-4000-8000-000000000001");

    private static readonly RestartedServer Crashed = new(
        Known.Marker(7, Known.Seventh, Known.Me), Known.Marker(7, Known.Seventh, Known.Me), Known.Marker(7, Known.Seventh, Known.Me), Known.Me, (Boot, Boot),
        WasRestarted: true, WasDemoted: false, LogCondition.Sound, HasQuorum: true, HappenedLately: false);

    [Fact]
    public void Only_a_backup_of_nobody_beside_an_active_server_is_such_a_case()
    {
        foreach (var (northbound, southbound) in Sighting.Pairs)
        {
            OvnDatabase? expected = (northbound, southbound) switch { ('A', 'W') => OvnDatabase.Southbound, ('W', 'A') => OvnDatabase.Northbound, _ => null };
            Assert.Equal(expected, RestartedServer.Among(Sighting.Of(northbound), Sighting.Of(southbound)));
        }
    }

    [Theory]
    [InlineData(LogCondition.Sound, true)]
    [InlineData(LogCondition.TornTail, true)]
    [InlineData(LogCondition.Damaged, false)]
    [InlineData(LogCondition.Unknown, false)]
    public void A_server_that_only_crashed_may_be_active_again_if_its_file_is_sound(LogCondition file, bool may) => Assert.Equal(may, (Crashed with { File = file }).MayBeReopened);

    public static TheoryData<string, RestartedServer> Doubts => new()
    {
        { "no record", Crashed with { Latest = null } },
        { "closed", Crashed with { Latest = Known.Marker(7, Known.Seventh, Known.Me, closed: true) } },
        { "all closed", Crashed with { Latest = Known.Marker(7, Known.Seventh, Known.Me, closed: true), Copy = Known.Marker(7, Known.Seventh, Known.Me, closed: true), Other = Known.Marker(7, Known.Seventh, Known.Me, closed: true) } },
        { "promoted elsewhere", Crashed with { Latest = Known.Marker(8, Known.Stranger) } },
        { "the same elsewhere", Crashed with { Latest = Known.Marker(7, Known.Seventh), Copy = Known.Marker(7, Known.Seventh), Other = Known.Marker(7, Known.Seventh) } },
        { "another copy", Crashed with { Copy = Known.Marker(6, Known.Sixth, Known.Me) } },
        { "a closed copy", Crashed with { Copy = Known.Marker(7, Known.Seventh, Known.Me, closed: true) } },
        { "no marker", Crashed with { Copy = null } },
        { "another copy beside it", Crashed with { Other = Known.Marker(6, Known.Sixth, Known.Me) } },
        { "no marker beside it", Crashed with { Other = null } },
        { "another boot", Crashed with { Boot = (Boot, Guid.Empty) } },
        { "unknown boots", Crashed with { Boot = (null, null) } },
        { "unknown boot of the promotion", Crashed with { Boot = (Boot, null) } },
        { "not restarted", Crashed with { WasRestarted = false } },
        { "demoted", Crashed with { WasDemoted = true } },
        { "no quorum", Crashed with { HasQuorum = false } },
        { "again", Crashed with { HappenedLately = true } },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public void In_any_doubt_it_stays_a_failure(string doubt, RestartedServer server) => Assert.False(server.MayBeReopened, doubt);
}
