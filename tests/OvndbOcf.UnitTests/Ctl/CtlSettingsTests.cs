using Microsoft.Extensions.Configuration;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Gathering;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

public sealed class CtlSettingsTests
{
    [Fact]
    public void Without_settings_the_defaults_hold() => Assert.Equal(new CtlSettings(), Read());

    [Fact]
    public void Each_setting_is_read() =>
        Assert.Equal(
            new CtlSettings
            {
                Resource = "ovndb2",
                Output = "json",
                Timeout = TimeSpan.FromSeconds(9),
                Tools = "/opt/sbin",
                CibFile = "/srv/cib.xml",
                StateDirectory = "/run/other",
                Textfile = "/srv/ovndb.prom",
                Listen = "10.0.0.2:9479",
            },
            Read(
                ("resource", "ovndb2"),
                ("output", "json"),
                ("timeout", "9"),
                ("tools", "/opt/sbin"),
                ("cib", "/srv/cib.xml"),
                ("state", "/run/other"),
                ("textfile", "/srv/ovndb.prom"),
                ("listen", "10.0.0.2:9479")
            )
        );

    [Theory]
    [InlineData("output", "xml")]
    [InlineData("timeout", "0")]
    [InlineData("timeout", "soon")]
    [InlineData("tools", "sbin")]
    public void A_wrong_value_is_refused_by_its_name(string name, string value)
    {
        var refusal = Assert.Throws<CtlException>(() => Read((name, value)));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage, refusal.Status);
    }

    [Fact]
    public void The_only_resource_needs_no_name_and_goes_by_its_clones_too()
    {
        var cib = Cib.Read(CtlSamples.Cib())!;
        Assert.Equal("ovndb", cib.Require(null).Id);
        Assert.Equal("ovndb", cib.Require("ovndb-clone").Id);
        Assert.Contains("ovndb", Assert.Throws<CtlException>(() => cib.Require("other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_resources_one_has_to_be_chosen()
    {
        var cib = Cib.Read(CtlSamples.Cib())!;
        var two = cib with { Resources = [cib.Resources[0], cib.Resources[0] with { Id = "ovndb2", CloneId = "ovndb2-clone" }] };
        Assert.Equal("ovndb2", two.Require("ovndb2").Id);
        Assert.Null(two.Find(null));
        Assert.Contains("--resource", Assert.Throws<CtlException>(() => two.Require(null)).Message, StringComparison.Ordinal);
    }

    private static CtlSettings Read(params (string Name, string Value)[] values) =>
        CtlSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value)))
                .Build()
        );
}
