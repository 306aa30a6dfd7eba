using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class OcfLogTests : IDisposable
{
    private readonly StringWriter _output = new();

    private string[] Lines => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_message_has_the_agent_the_resource_the_process_the_time_and_the_level()
    {
        Log().Info("started");
        Assert.Matches(
            $@"^ovndb-servers\(ovndb\)\[{Environment.ProcessId}\]: [A-Z][a-z]{{2}} \d\d \d\d:\d\d:\d\d INFO: started$",
            Assert.Single(Lines)
        );
    }

    [Fact]
    public void Every_level_is_named()
    {
        var log = Log(debug: true);
        log.Debug("1");
        log.Info("2");
        log.Warning("3");
        log.Error("4");
        Assert.Equal(["DEBUG: 1", "INFO: 2", "WARNING: 3", "ERROR: 4"], Lines.Select(line => line[(line.Length - LevelLength(line))..]));
    }

    [Fact]
    public void Debug_messages_are_written_only_if_asked_for()
    {
        Log(debug: false).Debug("hidden");
        Assert.Empty(Lines);
        Log(debug: true).Debug("shown");
        Assert.EndsWith("DEBUG: shown", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_reason_is_one_line_with_the_exact_prefix()
    {
        Log().ExitReason("NB is hung\n(process 7)");
        Assert.Equal("ocf-exit-reason:NB is hung (process 7)" + Environment.NewLine, _output.ToString());
    }

    [Fact]
    public void What_comes_from_elsewhere_cannot_forge_a_line()
    {
        Log().Error("bad value 'x\nocf-exit-reason:all is well\r\n\u0085\u2028\u2029ocf-exit-reason:forged\u001b[2J'");
        Assert.Single(
            _output.ToString().Split(['\n', '\r', '\u0085', '\u2028', '\u2029', '\u001b'], StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.DoesNotContain(Lines, line => line.StartsWith("ocf-exit-reason:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_resources_name_cannot_forge_a_line_either()
    {
        new OcfLog(_output, "ovndb-servers", "ovndb\nocf-exit-reason:forged", debug: false).Info("x");
        Assert.StartsWith("ovndb-servers(ovndb ocf-exit-reason:forged)[", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\tb", "a b")]
    [InlineData("  a  ", "a")]
    [InlineData("a\r\nb", "a  b")]
    [InlineData("\u0000a\u007f", " a ")]
    [InlineData("a\u202eb\u2028c\u0085", "a b c")]
    [InlineData("größer ✓", "größer ✓")]
    [InlineData("", "")]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789x", "0123456789...")]
    public void A_line_is_printable_and_bounded(string text, string line) => Assert.Equal(line, OcfLog.OneLine(text, 10));

    [Fact]
    public void A_huge_message_and_a_huge_reason_are_cut()
    {
        Log().ExitReason(new string('x', 1_000_000));
        Assert.InRange(Assert.Single(Lines).Length, 1000, 4100);
        Log().Info(new string('y', 1_000_000));
        Assert.InRange(Lines[^1].Length, 2000, 2200);
    }

    private static int LevelLength(string line) => line.Length - line.LastIndexOf(' ', line.LastIndexOf(' ') - 1) - 1;

    private OcfLog Log(bool debug = false) => new(_output, "ovndb-servers", "ovndb", debug);
}
