using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Unixctl;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Northd;

public sealed class NorthdAnswerTests
{
    private static readonly UnixctlReply Connected = Said("connected\n");

    [Theory]
    [InlineData("Status: active\n", "connected\n", "connected\n", NorthdState.Running)]
    [InlineData("Status: standby\n", "connected\n", "connected\n", NorthdState.Running)]
    [InlineData("Status: paused\n", "connected\n", "connected\n", NorthdState.Paused)]
    [InlineData("Status: paused\n", "not connected\n", "not connected\n", NorthdState.Paused)]
    [InlineData("Status: standby\n", "not connected\n", "not connected\n", NorthdState.Disconnected)]
    [InlineData("Status: standby\n", "not connected\n", "connected\n", NorthdState.Disconnected)]
    [InlineData("Status: active\n", "connected\n", "not connected\n", NorthdState.Disconnected)]
    [InlineData("something new\n", "something new\n", "something new\n", NorthdState.Running)]
    [InlineData("", "", "", NorthdState.Running)]
    public void What_it_says_is_what_it_does(string status, string northbound, string southbound, NorthdState state) =>
        Assert.Equal(state, NorthdAnswer.Judge(Said(status), Said(northbound), Said(southbound)));

    [Fact]
    public void One_that_gives_no_answer_counts_as_running()
    {
        foreach (var failure in Enum.GetValues<CallFailure>())
        {
            var none = new UnixctlReply(failure, "Status: paused");
            Assert.Equal(
                NorthdState.Running,
                NorthdAnswer.Judge(none, none with { Text = "not connected" }, none with { Text = "not connected" })
            );
            Assert.Equal(NorthdState.Disconnected, NorthdAnswer.Judge(none, Connected, Said("not connected")));
        }
    }

    private static UnixctlReply Said(string text) => new(null, text);
}
