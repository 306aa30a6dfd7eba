using System.Text.Json.Nodes;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class FileTailTests
{
    internal const string Id = "6e6b2c3e-0000-4000-8000-000000000001";
    private const string Other = "6e6b2c3e-0000-4000-8000-000000000002";

    private static readonly JsonObject Schema = Parsed(
        """
        {"name":"OVN_Northbound","version":"7.0.0","tables":{
          "NB_Global":{"columns":{
            "external_ids":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}},
            "nb_cfg":{"type":{"key":"integer"}},
            "ipsec":{"type":"boolean"}}},
          "Logical_Switch":{"columns":{
            "name":{"type":"string"},
            "tag":{"type":{"key":{"type":"integer","minInteger":1},"min":0,"max":1}},
            "ports":{"type":{"key":{"type":"uuid","refTable":"Port"},"min":0,"max":"unlimited"}},
            "names":{"type":{"key":"string","min":0,"max":"unlimited"}},
            "one":{"type":{"key":{"type":"uuid","refTable":"Port"},"min":0,"max":1}},
            "weights":{"type":{"key":"string","value":"integer","min":0,"max":"unlimited"}},
            "load":{"type":"real"}}}}}
        """
    );

    /// <summary>What the last records say of the row, the rows that a server has, and what it contradicts.</summary>
    public static TheoryData<string, string, string?> Answers =>
        new()
        {
            // A row that was made, and rows that are what they were made.
            { Changed("""{"name":"one"}"""), """[{"name":"one"}]""", null },
            { Changed("""{"name":"one"}"""), "[]", $"row {Id} of Logical_Switch is missing" },
            { Changed("""{"name":"one"}"""), """[{"name":"two"}]""", $"name of row {Id} of Logical_Switch has an older value" },
            { Changed("{}"), "[]", $"row {Id} of Logical_Switch is missing" },
            { Changed("{}"), "[{}]", null },
            // One that was deleted.
            { Changed("null"), "[]", null },
            { Changed("null"), """[{"_uuid":["uuid","x"]}]""", $"deleted row {Id} of Logical_Switch is there" },
            { Changed("""{"name":"one"}""", "null"), "[]", null },
            { Changed("null", """{"name":"one"}"""), "[]", $"row {Id} of Logical_Switch is missing" },
            { Changed("""{"name":"old","tag":3}""", "null", """{"name":"one"}"""), """[{"name":"one","tag":["set",[]]}]""", null },
            // The last value counts.
            { Changed("""{"name":"old"}""", """{"name":"new"}"""), """[{"name":"new"}]""", null },
            {
                Changed("""{"name":"old"}""", """{"name":"new"}"""),
                """[{"name":"old"}]""",
                $"name of row {Id} of Logical_Switch has an older value"
            },
            { Changed("""{"name":"same"}""", """{"tag":3}"""), """[{"name":"same","tag":3}]""", null },
            { Changed("""{"tag":3}""", """{"tag":["set",[]]}"""), """[{"tag":["set",[]]}]""", null },
            {
                Changed("""{"tag":3}""", """{"tag":["set",[]]}"""),
                """[{"tag":3}]""",
                $"tag of row {Id} of Logical_Switch has an older value"
            },
            // Of several values only a difference is known, and what is a reference or a fraction may be written in two ways.
            { Changed("""{"ports":["uuid","6e6b2c3e-0000-4000-8000-000000000003"]}"""), """[{"ports":["set",[]]}]""", null },
            { Changed("""{"names":"one"}"""), """[{"names":["set",["two","three"]]}]""", null },
            { Changed("""{"one":["uuid","6e6b2c3e-0000-4000-8000-000000000003"]}"""), """[{"one":["set",[]]}]""", null },
            { Changed("""{"weights":["map",[["a",1]]]}"""), """[{"weights":["map",[["a",2]]]}]""", null },
            { Changed("""{"load":1.0}"""), """[{"load":1}]""", null },
            { Changed("""{"unknown":1}"""), "[{}]", null },
            // A key of a map has the value that was written last, or that record removed it.
            { Marked("8 own"), """[{"external_ids":["map",[["ovndb-promotion","8 own"],["other","x"]]]}]""", null },
            { Marked("8 own"), """[{"external_ids":["map",[["other","x"]]]}]""", null },
            {
                Marked("8 own"),
                """[{"external_ids":["map",[["ovndb-promotion","7 own"]]]}]""",
                $"external_ids:ovndb-promotion of row {Id} of NB_Global has an older value"
            },
            { Marked("8 own", "8 closed"), """[{"external_ids":["map",[["ovndb-promotion","8 closed"]]]}]""", null },
            {
                Marked("8 own", "8 closed"),
                """[{"external_ids":["map",[["ovndb-promotion","8 own"]]]}]""",
                $"external_ids:ovndb-promotion of row {Id} of NB_Global has an older value"
            },
            {
                Changed("NB_Global", """{"nb_cfg":4,"ipsec":false}"""),
                """[{"nb_cfg":4,"ipsec":true}]""",
                $"ipsec of row {Id} of NB_Global has an older value"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_server_that_dropped_the_end_of_its_file_is_known_by_the_rows_that_changed_last(
        string records,
        string rows,
        string? contradiction
    )
    {
        var row = Assert.Single(Of(records).Rows);
        Assert.Equal(contradiction, row.Contradiction([.. JsonNode.Parse(rows)!.AsArray().Select(node => node!.AsObject())]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"_date":1,"_comment":"text","_is_diff":true}]""")]
    [InlineData("""[{"Strange":{"6e6b2c3e-0000-4000-8000-000000000001":{"name":"x"}}}]""")]
    [InlineData("""[{"Logical_Switch":{"no id":{"name":"x"}}}]""")]
    [InlineData("""[{"Logical_Switch":7}]""")]
    public void Records_that_change_no_row_of_the_schema_say_nothing(string records) => Assert.Empty(Of(records).Rows);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tables":7}""")]
    [InlineData("""{"tables":{"Logical_Switch":7}}""")]
    [InlineData("""{"tables":{"Logical_Switch":{"columns":[]}}}""")]
    public void Without_a_usable_schema_nothing_is_said(string schema) =>
        Assert.Empty(FileTail.Of(Parsed(schema), [Parsed($$$$$"""{"Logical_Switch":{"{{{{{Id}}}}}":{"name":"x"}}}""")]).Rows);

    [Theory]
    [InlineData("""{"type":7}""")]
    [InlineData("7")]
    [InlineData("""{"type":{"key":7}}""")]
    [InlineData("""{"type":{"key":"string","max":"many"}}""")]
    public void A_column_of_an_unknown_type_says_nothing(string column)
    {
        var schema = Parsed($$$$$"""{"tables":{"Logical_Switch":{"columns":{"name":{{{{{column}}}}}}}}}""");
        Assert.Empty(
            Assert.Single(FileTail.Of(schema, [Parsed($$$$$"""{"Logical_Switch":{"{{{{{Id}}}}}":{"name":"x"}}}""")]).Rows).Columns
        );
    }

    [Fact]
    public void The_rows_that_changed_last_are_kept()
    {
        var records = Enumerable
            .Range(0, 200)
            .Select(number =>
                Parsed($$$$$"""{"Logical_Switch":{"6e6b2c3e-0000-4000-8000-{{{{{number:D12}}}}}":{"name":"s{{{{{number}}}}}"}}}""")
            );
        var again = Parsed("""{"Logical_Switch":{"6e6b2c3e-0000-4000-8000-000000000150":{"name":"again"}}}""");
        var rows = FileTail.Of(Schema, [.. records, again]).Rows;
        Assert.Equal(FileTail.MostRows, rows.Count);
        Assert.Equal("again", (string?)rows[^1].Values["name"]);
        Assert.Equal("s199", (string?)rows[^2].Values["name"]);
        Assert.Equal("s136", (string?)rows[0].Values["name"]);
    }

    [Fact]
    public void Only_columns_of_which_something_is_known_are_asked_for()
    {
        var rows = Of(
            $$$$$"""[{"Logical_Switch":{"{{{{{Id}}}}}":{"name":"x","ports":["set",[]]},"{{{{{Other}}}}}":null},"NB_Global":{"{{{{{Id}}}}}":{"external_ids":["map",[["a","b"],["c","d"]]]}}}]"""
        ).Rows;
        Assert.Equal(
            [
                ["name"],
                [],
                ["external_ids"],
            ],
            rows.Select(row => row.Columns)
        );
    }

    private static FileTail Of(string records) => FileTail.Of(Schema, JsonNode.Parse(records)!.AsArray().Select(node => node!.AsObject()));

    private static string Changed(params string[] changes) => Of("Logical_Switch", changes);

    private static string Changed(string table, string change) =>
        table == "NB_Global" ? Of(table, [change]) : Of("Logical_Switch", [table, change]);

    private static string Marked(params string[] markers) =>
        Of("NB_Global", [.. markers.Select(marker => $$$$$"""{"external_ids":["map",[["ovndb-promotion","{{{{{marker}}}}}"]]]}""")]);

    private static string Of(string table, string[] changes) =>
        $"[{string.Join(',', changes.Select(change => $$$$$"""{"_date":1,"_is_diff":true,"{{{{{table}}}}}":{"{{{{{Id}}}}}":{{{{{change}}}}}}}"""))}]";

    private static JsonObject Parsed(string json) => JsonNode.Parse(json)!.AsObject();
}
