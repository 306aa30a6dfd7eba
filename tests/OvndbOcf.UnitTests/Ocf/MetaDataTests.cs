using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class MetaDataTests
{
    private const string Nasty = "a < b & \"c\" > 'd' ]]> größer";

    private static readonly AgentDefinition Definition = new(
        "agent" + Nasty,
        "1<2",
        "short " + Nasty,
        "long " + Nasty,
        [
            new("text", ParameterKind.Text, Nasty, true, false, "short " + Nasty, "long " + Nasty),
            new("number", ParameterKind.WholeNumber, "5", false, true, "s", "l"),
            new("boolean", ParameterKind.Boolean, null, false, false, "s", "l"),
            new("choice", ParameterKind.Text, Nasty, false, false, "s", "l", ["one", Nasty]),
            new("grouped", ParameterKind.Text, null, false, false, "s", "l", UniqueGroup: Nasty),
        ],
        [new("start", TimeSpan.FromSeconds(30)), new("monitor", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10), "Promoted")]
    );

    [Fact]
    public void Names_texts_and_defaults_survive_as_they_are()
    {
        var agent = Parse(Definition);
        Assert.Equal("agent" + Nasty, agent.Attribute("name")!.Value);
        Assert.Equal("1<2", agent.Attribute("version")!.Value);
        Assert.Equal("1.1", agent.Element("version")!.Value);
        Assert.Equal("long " + Nasty, agent.Element("longdesc")!.Value);
        Assert.Equal("short " + Nasty, agent.Element("shortdesc")!.Value);
        var text = Parameter(agent, "text");
        Assert.Equal(Nasty, text.Element("content")!.Attribute("default")!.Value);
        Assert.Equal("long " + Nasty, text.Element("longdesc")!.Value);
        Assert.Equal("short " + Nasty, text.Element("shortdesc")!.Value);
    }

    [Theory]
    [InlineData("text", "string", "1", null, true, null)]
    [InlineData("number", "integer", null, "1", true, null)]
    [InlineData("boolean", "boolean", null, null, false, null)]
    [InlineData("choice", "select", null, null, true, null)]
    [InlineData("grouped", "string", null, null, false, Nasty)]
    public void A_parameter_has_its_attributes(
        string name,
        string type,
        string? required,
        string? reloadable,
        bool hasDefault,
        string? uniqueGroup
    )
    {
        var parameter = Parameter(Parse(Definition), name);
        Assert.Equal(type, parameter.Element("content")!.Attribute("type")!.Value);
        Assert.Equal(required, parameter.Attribute("required")?.Value);
        Assert.Equal(hasDefault, parameter.Element("content")!.Attribute("default") is not null);
        Assert.Equal(reloadable, parameter.Attribute("reloadable")?.Value);
        Assert.Equal(uniqueGroup, parameter.Attribute("unique-group")?.Value);
    }

    [Fact]
    public void A_parameter_with_a_list_of_values_names_them_all()
    {
        var agent = Parse(Definition);
        Assert.Equal(
            ["one", Nasty],
            Parameter(agent, "choice").XPathSelectElements("content/option").Select(option => option.Attribute("value")!.Value)
        );
        Assert.Empty(Parameter(agent, "text").XPathSelectElements("content/option"));
    }

    [Fact]
    public void An_action_has_its_timeout_and_a_monitor_its_interval_and_role()
    {
        var actions = Parse(Definition).XPathSelectElements("actions/action").Select(action => string.Join(' ', action.Attributes()));
        Assert.Equal(
            ["name=\"start\" timeout=\"30s\"", "name=\"monitor\" timeout=\"20s\" interval=\"10s\" depth=\"0\" role=\"Promoted\""],
            actions
        );
    }

    /// <summary>Parses the document and ignores its DTD, which is not at hand.</summary>
    internal static XElement Parse(AgentDefinition definition) => Parse(definition.ToXml());

    /// <inheritdoc cref="Parse(AgentDefinition)"/>
    internal static XElement Parse(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        return XDocument.Load(reader).Root!;
    }

    private static XElement Parameter(XElement agent, string name) => agent.XPathSelectElement($"parameters/parameter[@name='{name}']")!;
}
