using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class OvsdbWireTests
{
    private static readonly Guid Row = Guid.ParseExact("36bef046-7da7-43a5-905a-c17899216fcb", "D");

    /// <summary>An operation and its form in RFC 7047, section 5.2.</summary>
    public static TheoryData<JsonNode, string> Forms =>
        new()
        {
            { OvsdbValue.Uuid(Row), """["uuid","36bef046-7da7-43a5-905a-c17899216fcb"]""" },
            { OvsdbValue.NamedUuid("new"), """["named-uuid","new"]""" },
            { OvsdbValue.Set(), """["set",[]]""" },
            { OvsdbValue.Set(1, "a", OvsdbValue.NamedUuid("x")), """["set",[1,"a",["named-uuid","x"]]]""" },
            { OvsdbValue.Map(), """["map",[]]""" },
            { OvsdbValue.Map(("k", "v"), ("l", "")), """["map",[["k","v"],["l",""]]]""" },
            { OvsdbOperation.Insert("T", new JsonObject { ["a"] = 1 }), """{"op":"insert","table":"T","row":{"a":1}}""" },
            { OvsdbOperation.Insert("T", [], "n"), """{"op":"insert","table":"T","row":{},"uuid-name":"n"}""" },
            { OvsdbOperation.Select("T", OvsdbOperation.Where()), """{"op":"select","table":"T","where":[]}""" },
            {
                OvsdbOperation.Select("T", OvsdbOperation.Where(OvsdbOperation.Condition("n", ">", 5)), "a", "_uuid"),
                """{"op":"select","table":"T","where":[["n",">",5]],"columns":["a","_uuid"]}"""
            },
            {
                OvsdbOperation.Update("T", OvsdbOperation.Where(OvsdbOperation.IsRow(Row)), new JsonObject { ["b"] = true }),
                """{"op":"update","table":"T","where":[["_uuid","==",["uuid","36bef046-7da7-43a5-905a-c17899216fcb"]]],"row":{"b":true}}"""
            },
            {
                OvsdbOperation.Mutate(
                    "T",
                    [],
                    OvsdbOperation.Mutation("n", "+=", 1),
                    OvsdbOperation.Mutation("s", "delete", OvsdbValue.Set("x"))
                ),
                """{"op":"mutate","table":"T","where":[],"mutations":[["n","+=",1],["s","delete",["set",["x"]]]]}"""
            },
            { OvsdbOperation.Delete("T", []), """{"op":"delete","table":"T","where":[]}""" },
            {
                OvsdbOperation.Wait("T", [], ["a"], [new JsonObject { ["a"] = "x" }], equal: true, TimeSpan.FromSeconds(1.5)),
                """{"op":"wait","table":"T","where":[],"columns":["a"],"until":"==","rows":[{"a":"x"}],"timeout":1500}"""
            },
            {
                OvsdbOperation.Wait("T", [], ["a"], [], equal: false, TimeSpan.Zero),
                """{"op":"wait","table":"T","where":[],"columns":["a"],"until":"!=","rows":[],"timeout":0}"""
            },
            { OvsdbOperation.DurableCommit(), """{"op":"commit","durable":true}""" },
            { OvsdbOperation.Comment("why"), """{"op":"comment","comment":"why"}""" },
        };

    public static TheoryData<string, OvsdbErrorKind> Errors =>
        new()
        {
            { "aborted", OvsdbErrorKind.Aborted },
            { "canceled", OvsdbErrorKind.Canceled },
            { "constraint violation", OvsdbErrorKind.ConstraintViolation },
            { "domain error", OvsdbErrorKind.DomainError },
            { "duplicate uuid-name", OvsdbErrorKind.DuplicateUuidName },
            { "I/O error", OvsdbErrorKind.IoError },
            { "not allowed", OvsdbErrorKind.NotAllowed },
            { "not owner", OvsdbErrorKind.NotOwner },
            { "not supported", OvsdbErrorKind.NotSupported },
            { "range error", OvsdbErrorKind.RangeError },
            { "referential integrity violation", OvsdbErrorKind.ReferentialIntegrityViolation },
            { "resources exhausted", OvsdbErrorKind.ResourcesExhausted },
            { "syntax error", OvsdbErrorKind.SyntaxError },
            { "timed out", OvsdbErrorKind.TimedOut },
            { "unknown column", OvsdbErrorKind.UnknownColumn },
            { "unknown database", OvsdbErrorKind.UnknownDatabase },
            { "a new one", OvsdbErrorKind.Other },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_is_built_has_the_form_of_the_RFC(JsonNode built, string form) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(form), built), built.ToJsonString());

    [Fact]
    public void One_condition_serves_several_operations()
    {
        var where = OvsdbOperation.Where(OvsdbOperation.IsRow(Row));
        var row = new JsonObject { ["a"] = 1 };
        JsonArray both = [OvsdbOperation.Update("T", where, row), OvsdbOperation.Update("U", where, row)];
        Assert.Equal(both[0]!["where"]!.ToJsonString(), both[1]!["where"]!.ToJsonString());
        Assert.Equal(both[0]!["row"]!.ToJsonString(), both[1]!["row"]!.ToJsonString());
    }

    [Fact]
    public void A_value_that_is_no_set_counts_as_its_only_element()
    {
        Assert.Equal(["a", "b"], OvsdbValue.Elements(JsonNode.Parse("""["set",["a","b"]]""")).Select(OvsdbValue.Text));
        Assert.Equal(["a"], OvsdbValue.Elements(JsonNode.Parse("\"a\"")).Select(OvsdbValue.Text));
        Assert.Empty(OvsdbValue.Elements(JsonNode.Parse("""["set",[]]""")));
        Assert.Empty(OvsdbValue.Elements(null));
    }

    [Fact]
    public void References_are_read_one_or_many()
    {
        var one = $"""["uuid","{Row}"]""";
        Assert.True(OvsdbValue.TryReadUuid(JsonNode.Parse(one), out var uuid));
        Assert.Equal(Row, uuid);
        Assert.Equal([Row], OvsdbValue.Uuids(JsonNode.Parse(one)));
        Assert.Equal([Row, Row], OvsdbValue.Uuids(JsonNode.Parse($"""["set",[{one},{one}]]""")));
        foreach (var other in (string[])["\"x\"", "[]", """["uuid"]""", """["uuid","x"]""", """["named-uuid","x"]""", "{}", "1"])
        {
            Assert.False(OvsdbValue.TryReadUuid(JsonNode.Parse(other), out _));
        }
    }

    [Fact]
    public void A_map_of_strings_leaves_out_what_is_none()
    {
        var map = OvsdbValue.Strings(JsonNode.Parse("""["map",[["a","1"],["b",2],["c"],"d",["e",""]]]"""));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["e"] = "" }, map);
        Assert.Empty(OvsdbValue.Strings(JsonNode.Parse("""["set",[]]""")));
    }

    [Fact]
    public void A_plain_value_is_read_as_its_own_type_only()
    {
        Assert.Equal(5, OvsdbValue.Number(JsonNode.Parse("5")));
        Assert.Null(OvsdbValue.Number(JsonNode.Parse("\"5\"")));
        Assert.True(OvsdbValue.Boolean(JsonNode.Parse("true")));
        Assert.Null(OvsdbValue.Boolean(JsonNode.Parse("1")));
        Assert.Equal("5", OvsdbValue.Text(JsonNode.Parse("\"5\"")));
        Assert.Null(OvsdbValue.Text(JsonNode.Parse("""["set",[]]""")));
        Assert.Equal(7, OvsdbValue.Number(JsonValue.Create(7L)));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Each_error_string_has_its_kind(string name, OvsdbErrorKind kind)
    {
        Assert.Equal(new OvsdbError(kind, name, "because"), OvsdbError.Read(new JsonObject { ["error"] = name, ["details"] = "because" }));
        Assert.Equal(new OvsdbError(kind, name, null), OvsdbError.Read(JsonValue.Create(name)));
    }
}
