using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>The same arguments lead to the same decision, and nothing else comes of it.</summary>
public sealed class PurityTests
{
    [Fact]
    public void Decisions_depend_on_their_arguments_alone()
    {
        // xunit shows the first characters of texts that it compares.
        var found = string.Join('\n', Impurities.In(typeof(CopyEvaluator).Assembly));
        Assert.True(found.Length == 0, found);
    }

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.Environment")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Threading.Tasks.Task")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("OvndbOcf.Linux.PortListener.FindAll")]
    [InlineData("OvndbOcf.Linux.DescriptorUse.Of")]
    public void What_actions_do_would_be_found(string used) => Assert.Contains(used, Impurities.In(typeof(OcfActions).Assembly));
}
