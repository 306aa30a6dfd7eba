using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class ParseStatTests
{
    // Fields 4 to 22 after the state: parent 7, start 4711.
    private const string Rest = "7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0 4711 18446744073709551615 200";

    [Theory]
    [InlineData("ovsdb-server")]
    [InlineData("a name (with) both")]
    [InlineData(") S 1 2 3")]
    [InlineData("((")]
    [InlineData("")]
    [InlineData("tmux: server")]
    public void The_name_may_hold_any_character(string name) =>
        Assert.Equal(new ProcessSnapshot(64, 7, name, ProcessActivity.Sleeping, 4711), ProcessTable.ParseStat($"64 ({name}) S {Rest}\n"));

    [Theory]
    [InlineData('R', ProcessActivity.Running)]
    [InlineData('S', ProcessActivity.Sleeping)]
    [InlineData('I', ProcessActivity.Sleeping)]
    [InlineData('D', ProcessActivity.Blocked)]
    [InlineData('T', ProcessActivity.Stopped)]
    [InlineData('t', ProcessActivity.Stopped)]
    [InlineData('Z', ProcessActivity.Ended)]
    [InlineData('X', ProcessActivity.Ended)]
    [InlineData('x', ProcessActivity.Ended)]
    public void The_state_tells_what_it_is_doing(char state, ProcessActivity activity)
    {
        var process = ProcessTable.ParseStat($"64 (x) {state} {Rest}");
        Assert.Equal(activity, process!.Activity);
        Assert.Equal(activity != ProcessActivity.Ended, process.IsAlive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("64")]
    [InlineData("64 (x")]
    [InlineData("(x) S 7 64")]
    [InlineData("64 )x( S 7 64")]
    [InlineData("x (x) S 7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0 4711")]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0")]
    [InlineData("64 (x) SS 7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0 4711")]
    [InlineData("64 (x) S -7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0 4711")]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 3 2 0 0 20 0 1 0 later")]
    public void Anything_else_is_no_process(string line) => Assert.Null(ProcessTable.ParseStat(line));

    [Theory]
    [InlineData($"64 (ovsdb-server) S {Rest}", 5)]
    [InlineData($"64 (a) S 9 9) R {Rest}\n", 5)]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 9000000000 1", 9000000001)]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 3", 0)]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 -3 2 0", 0)]
    [InlineData("64 (x) S 7 64 64 0 -1 4194624 900 0 0 0 3 much 0", 0)]
    [InlineData("64 (x)", 0)]
    [InlineData("", 0)]
    public void Its_processor_time_is_what_it_had_itself(string line, long ticks) => Assert.Equal(ticks, ProcessTable.ParseCpuTicks(line));
}
