using OvndbOcf.Pacemaker;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

public sealed class AttributeLinesTests
{
    [Fact]
    public void Every_node_has_its_value() =>
        Assert.Equal(
            new Dictionary<string, string> { ["node3"] = "5", ["node1.example"] = "Current promotion=7 id=- nb=[fd00::3]:40112 sb=-" },
            AttributeLines.Parse(
                "name=\"master-ovndb\" host=\"node3\" value=\"5\"\n"
                    + "  name=\"x\" host=\"node1.example\" value=\"Current promotion=7 id=- nb=[fd00::3]:40112 sb=-\"  \r\n\n"
                    + "name=\"x\" host=\"n2\" value=\"\""
            )
        );

    [Theory]
    [InlineData("name=\"x\" host=\" value=\"1\"")]
    [InlineData(" host=\"n\" value=\"")]
    [InlineData("\" value=\"1\" host=\"")]
    public void A_line_without_a_whole_node_and_value_is_left_out(string line) => Assert.Empty(AttributeLines.Parse("x\n" + line));

    [Fact]
    public void A_node_that_is_named_twice_has_what_was_said_last() =>
        Assert.Equal(
            new Dictionary<string, string> { ["n"] = "2" },
            AttributeLines.Parse("name=\"x\" host=\"n\" value=\"1\"\nname=\"x\" host=\"n\" value=\"2\"")
        );

    [Theory]
    [InlineData("say \"no\"")]
    [InlineData("\" value=\"other")]
    [InlineData("\" host=\"n2\" value=\"1")]
    [InlineData("name=\"x\" host=\"n2\"")]
    [InlineData("\"")]
    [InlineData("a=b 'c' <d> \\")]
    public void A_value_is_taken_as_it_is_and_cannot_speak_for_another_node(string value) =>
        Assert.Equal(new Dictionary<string, string> { ["n"] = value }, AttributeLines.Parse($"name=\"x\" host=\"n\" value=\"{value}\""));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Could not query value of x: attribute does not exist")]
    [InlineData("name=\"x\" value=\"1\"")]
    [InlineData("name=\"x\" host=\"n\"")]
    [InlineData("name=\"x\" value=\"1\" host=\"n\"")]
    [InlineData("name=\"x\" host=\"n\" value=\"1")]
    [InlineData("name=\"x\" host=\"n\" value=\"")]
    [InlineData("host=\"n\" value=\"1\"")]
    [InlineData("name=\"x\" host=\"n")]
    public void A_line_of_another_form_says_nothing(string output) => Assert.Empty(AttributeLines.Parse(output));
}
