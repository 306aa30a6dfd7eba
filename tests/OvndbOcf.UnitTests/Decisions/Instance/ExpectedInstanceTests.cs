using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class ExpectedInstanceTests
{
    [Fact]
    public void Servers_are_as_expected_where_both_are()
    {
        foreach (var (northbound, southbound) in Sighting.Pairs)
        {
            var servers = new ServerPair(Sighting.Of(northbound), Sighting.Of(southbound));
            var (bothActive, bothBackups) = (
                (northbound, southbound) == ('A', 'A'),
                "RWCcF".Contains(northbound, StringComparison.Ordinal) && "RWCcF".Contains(southbound, StringComparison.Ordinal)
            );
            Assert.Equal(bothActive, servers.AreActive);
            Assert.Equal(northbound == 'A' || southbound == 'A', servers.HasActive);
            Assert.Equal(bothActive, ExpectedInstance.Is(servers, ExpectedRole.Promoted));
            Assert.Equal(bothBackups, ExpectedInstance.Is(servers, ExpectedRole.Unpromoted));
            Assert.False(ExpectedInstance.Is(servers, ExpectedRole.Unknown));
            Assert.Equal(
                (Sighting.Of(northbound), Sighting.Of(southbound)),
                (servers.Of(OvnDatabase.Northbound), servers.Of(OvnDatabase.Southbound))
            );
        }
    }

    [Theory]
    [InlineData(ExpectedRole.Promoted, OcfExitCode.Promoted)]
    [InlineData(ExpectedRole.Unpromoted, OcfExitCode.Success)]
    public void Monitor_says_so(ExpectedRole expected, OcfExitCode code) => Assert.Equal(code, ExpectedInstance.CodeOf(expected));
}
