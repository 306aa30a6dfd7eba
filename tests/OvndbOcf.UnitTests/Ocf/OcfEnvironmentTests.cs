using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class OcfEnvironmentTests
{
    [Fact]
    public void Parameters_and_meta_variables_are_told_apart()
    {
        var environment = Of(("OCF_RESKEY_timeout", "mine"), ("OCF_RESKEY_CRM_meta_timeout", "20000"), ("timeout", "nobody's"));
        Assert.Equal("mine", environment.Parameter("timeout"));
        Assert.Equal("20000", environment.Meta("timeout"));
        Assert.Null(environment.Parameter("interval"));
        Assert.Null(environment.Meta("interval"));
    }

    [Fact]
    public void Empty_counts_as_absent_and_a_blank_does_not()
    {
        var environment = Of(("OCF_RESKEY_a", ""), ("OCF_RESKEY_b", " "));
        Assert.Null(environment.Parameter("a"));
        Assert.Equal(" ", environment.Parameter("b"));
    }

    [Fact]
    public void The_variables_of_the_process_are_read() =>
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), OcfEnvironment.FromProcess("ovndb-servers").Variable("PATH"));

    [Theory]
    [InlineData(null, "ovndb-servers")]
    [InlineData("", "ovndb-servers")]
    [InlineData("ovndb", "ovndb")]
    [InlineData("ovndb:0", "ovndb")]
    [InlineData("ovndb:12", "ovndb")]
    [InlineData("a:1:2", "a:1")]
    [InlineData("ovndb:a", "ovndb:a")]
    [InlineData("ovndb:1a", "ovndb:1a")]
    [InlineData(":1", ":1")]
    public void The_resources_name_is_without_the_instances_number(string? instance, string name) =>
        Assert.Equal(name, Of(("OCF_RESOURCE_INSTANCE", instance)).ResourceName);

    [Theory]
    [InlineData(null, 20000)]
    [InlineData("30000", 30000)]
    [InlineData("1", 1)]
    [InlineData("2147483647", 2147483647)]
    [InlineData("0", 20000)]
    [InlineData("-5", 20000)]
    [InlineData("30s", 20000)]
    [InlineData("2.5", 20000)]
    [InlineData("2147483648", 20000)]
    [InlineData("soon", 20000)]
    public void The_timeout_is_in_milliseconds_and_20_seconds_if_unusable(string? timeout, int milliseconds) =>
        Assert.Equal(milliseconds, Of(("OCF_RESKEY_CRM_meta_timeout", timeout)).Timeout.TotalMilliseconds);

    [Theory]
    [InlineData(null, true)]
    [InlineData("0", true)]
    [InlineData("10000", false)]
    [InlineData("1", false)]
    public void A_monitor_without_interval_is_a_probe(string? interval, bool isProbe) =>
        Assert.Equal(isProbe, Of(("OCF_RESKEY_CRM_meta_interval", interval)).IsProbe);

    [Theory]
    [InlineData("3.5.0", false)]
    [InlineData("3.0.14", false)]
    [InlineData("2.20.0", false)]
    [InlineData("3.6.0", true)]
    [InlineData("3.6.1", true)]
    [InlineData("3.6", true)]
    [InlineData("3.16.1", true)]
    [InlineData("3.20.0", true)]
    [InlineData("4.0.0", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("3", false)]
    [InlineData("new", false)]
    [InlineData("3.x", false)]
    [InlineData("3.20.0-rc1", false)]
    [InlineData("3.-6", false)]
    [InlineData("3.99999999999", false)]
    public void Degraded_codes_are_taken_from_feature_set_3_6_on(string? version, bool takes) =>
        Assert.Equal(takes, Of(("OCF_RESKEY_crm_feature_set", version)).TakesDegraded);

    [Theory]
    [InlineData("3.16.1", true)]
    [InlineData("new", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Pacemaker_runs_the_action_where_a_feature_set_is_named(string? version, bool isRun) =>
        Assert.Equal(isRun, Of(("OCF_RESKEY_crm_feature_set", version)).IsRunByPacemaker);

    [Theory]
    [InlineData("HA_debug", "1", true)]
    [InlineData("HA_debug", "0", false)]
    [InlineData("HA_debug", "", false)]
    [InlineData("PCMK_debug", "yes", true)]
    [InlineData("PCMK_debug", "pacemaker-execd", true)]
    [InlineData("PCMK_debug", "off", false)]
    [InlineData("OCF_TRACE_RA", "1", true)]
    [InlineData("OCF_TRACE_RA", "no", false)]
    [InlineData("OTHER_debug", "1", false)]
    public void Debug_messages_are_switched_by_the_usual_variables(string name, string value, bool debug) =>
        Assert.Equal(debug, Of((name, value)).Debug);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("YES", true)]
    [InlineData("true", true)]
    [InlineData("On", true)]
    [InlineData("y", true)]
    [InlineData("1", true)]
    [InlineData(" yes ", true)]
    [InlineData("no", false)]
    [InlineData("False", false)]
    [InlineData("OFF", false)]
    [InlineData("n", false)]
    [InlineData("0", false)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("2", null)]
    [InlineData("maybe", null)]
    [InlineData("yess", null)]
    [InlineData("yes no", null)]
    public void A_boolean_has_five_spellings_each_way_in_any_case(string text, bool? value) =>
        Assert.Equal(value, OcfBoolean.TryParse(text));

    private static OcfEnvironment Of(params (string Name, string? Value)[] variables) =>
        OcfEnvironment.From("ovndb-servers", variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
