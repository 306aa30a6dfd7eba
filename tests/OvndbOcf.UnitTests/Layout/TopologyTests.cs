using System.Text.RegularExpressions;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>Load-balancer mode and <c>replicate_from</c> are decided in one place: everybody else asks that.</summary>
public sealed partial class TopologyTests
{
    private static readonly string[] WhereTheyAreRead =
    [
        "OvndbOcf.Servers/Memory/MonitorCacheEntry.cs",
        "OvndbOcf.Servers/Parameters/AgentParameters.cs",
        "OvndbOcf.Servers/Parameters/ParameterReader.cs",
    ];

    [Fact]
    public void Only_the_topology_knows_the_parameters_that_say_who_connects_where() =>
        Assert.Equal(
            WhereTheyAreRead,
            Directory
                .EnumerateFiles(Path.Combine(Product.Root(), "src"), "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && Parameter().IsMatch(File.ReadAllText(path)))
                .Select(Product.PathOf)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void It_is_built_once_for_an_action() =>
        Assert.Equal(
            ["OvndbOcf.Servers/Actions/OcfActions.cs"],
            Product
                .Sources.Where(source => File.ReadAllText(source).Contains("NodeAddress.Topology(", StringComparison.Ordinal))
                .Select(Product.PathOf)
                .Where(path => path.StartsWith("OvndbOcf.Servers/", StringComparison.Ordinal))
        );

    [GeneratedRegex(@"\b(ListenOnMasterIpOnly|ReplicateFromNode)\b")]
    private static partial Regex Parameter();
}
