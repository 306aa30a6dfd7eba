using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Checks.Reports;
using OvndbOcf.Ctl.Checks.Rules;
using Xunit;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>What people and programs get to see.</summary>
public sealed class ReportTests
{
    private static readonly CheckReport Report = new(
        "ovndb",
        "node1",
        [
            new Finding(
                "notify-missing",
                Severity.Error,
                "ovndb-clone has no notify=true: " + string.Join(' ', Enumerable.Repeat("word", 20)),
                "pcs resource meta ovndb-clone notify=true"
            ),
            new Finding("tls-name", Severity.Hint, "another name\nin a line", null),
            new Finding("schema-versions", Severity.Unknown, "not seen", null),
        ],
        null
    );

    [Fact]
    public void People_get_paragraphs_of_80_columns()
    {
        Assert.Equal(
            """
            error    notify-missing
                     ovndb-clone has no notify=true: word word word word word word word word
                     word word word word word word word word word word word word
                     $ pcs resource meta ovndb-clone notify=true

            hint     tls-name
                     another name in a line

            unknown  schema-versions
                     not seen

            ovndb, seen from node1: 1 error, 1 hint; 1 not known

            """,
            TextReport.Write(Report)
        );
    }

    [Fact]
    public void Nothing_found_is_said_and_what_is_not_known_as_well()
    {
        Assert.Equal("ovndb, seen from node1: nothing found\n", TextReport.Write(Report with { Findings = [] }));
        Assert.EndsWith(
            "nothing found; 1 not known\n",
            TextReport.Write(Report with { Findings = [Report.Findings[2]] }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Programs_get_JSON()
    {
        var json = JsonNode.Parse(JsonReport.Write(Report))!;

        Assert.Equal(
            ("ovndb", "node1", 2),
            (json["resource"]!.GetValue<string>(), json["node"]!.GetValue<string>(), json["exit"]!.GetValue<int>())
        );
        Assert.Equal(["error", "hint", "unknown"], json["findings"]!.AsArray().Select(finding => finding!["severity"]!.GetValue<string>()));
        Assert.Equal("pcs resource meta ovndb-clone notify=true", json["findings"]![0]!["command"]!.GetValue<string>());
        Assert.Null(json["findings"]![1]!["command"]);
    }

    [Theory]
    [InlineData(null, "problem", 3)]
    [InlineData("Error", null, 2)]
    [InlineData("Warning", null, 1)]
    [InlineData("Hint", null, 0)]
    [InlineData("Unknown", null, 0)]
    public void The_exit_status_is_that_of_the_worst(string? severity, string? problem, int exit) =>
        Assert.Equal(
            exit,
            (int)
                new CheckReport(
                    "ovndb",
                    "node1",
                    severity is null ? [] : [new Finding("id", Enum.Parse<Severity>(severity), "reason", null)],
                    problem
                ).Exit
        );

    [Fact]
    public void What_matters_less_can_be_left_out()
    {
        Assert.Equal(["notify-missing"], Report.AtLeast(Severity.Warning).Findings.Select(finding => finding.Id));
        Assert.Equal(2, Report.AtLeast(Severity.Hint).Findings.Count);
    }

    [Theory]
    [InlineData("ovndb-clone", "ovndb-clone")]
    [InlineData("", "''")]
    [InlineData("sport = :6641", "'sport = :6641'")]
    [InlineData("it's; rm -rf $HOME", "'it'\\''s; rm -rf $HOME'")]
    public void Arguments_are_quoted_for_a_shell(string argument, string quoted) =>
        Assert.Equal("pcs " + quoted, Shell.Command("pcs", argument));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("\u001b[2J")]
    public void A_command_with_what_a_terminal_may_obey_is_not_told(string argument)
    {
        Assert.Null(Shell.Command("pcs", argument));
        Assert.Null(Shell.Then("true", Shell.Command("pcs", argument)));
    }
}
