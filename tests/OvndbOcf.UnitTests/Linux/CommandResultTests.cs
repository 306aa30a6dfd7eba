using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class CommandResultTests
{
    [Theory]
    [InlineData(CommandEnd.Exited, "", "ovn-ctl exited with 3")]
    [InlineData(CommandEnd.Exited, "\n \n", "ovn-ctl exited with 3")]
    [InlineData(CommandEnd.Exited, "\n first \nsecond\n", "first")]
    [InlineData(CommandEnd.Exited, "warning: x\novsdb-tool: I/O Error: y\nlast\n", "ovsdb-tool: I/O Error: y")]
    [InlineData(CommandEnd.TimedOut, "", "ovn-ctl did not finish in time")]
    [InlineData(CommandEnd.TimedOut, "waiting\n", "waiting")]
    [InlineData(CommandEnd.NotStarted, "no such file", "no such file")]
    public void The_essence_is_one_line_that_says_why(CommandEnd end, string error, string essence) =>
        Assert.Equal(essence, new CommandResult("ovn-ctl start_nb_ovsdb", end, end == CommandEnd.Exited ? 3 : -1, "output", error).Essence);
}
