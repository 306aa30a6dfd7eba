using System.Text.RegularExpressions;
using OvndbOcf.ClusterTests.Packages;
using Xunit;

namespace OvndbOcf.ClusterTests.Metrics;

/// <summary>docs/prometheus/ovndb-alerts.yml by Prometheus' own tool.</summary>
public sealed partial class PrometheusRulesTests : IDisposable
{
    private const string Rules = "ovndb-alerts.yml";
    private const string Cases = "ovndb-alerts-test.yml";

    private readonly string _folder = Directory.CreateTempSubdirectory("ovndb-alerts-").FullName;

    public PrometheusRulesTests()
    {
        File.Copy(Path.Combine(PrometheusImage.Folder, Rules), Path.Combine(_folder, Rules));
        File.Copy(Path.Combine(AgentPackage.Root, "tests", "OvndbOcf.ClusterTests", "Metrics", Cases), Path.Combine(_folder, Cases));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task They_are_rules_and_fire_for_their_causes_alone()
    {
        var check = await PrometheusImage
            .PromtoolAsync(_folder, "", "check", "rules", Rules)
            .WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(check.ExitCode == 0, check.Output);
        var test = await PrometheusImage.PromtoolAsync(_folder, "", "test", "rules", Cases);
        Assert.True(test.ExitCode == 0, test.Output);
    }

    [Fact]
    public void Each_alert_is_seen_to_fire()
    {
        var alerts = Alert().Matches(File.ReadAllText(Path.Combine(_folder, Rules))).Select(match => match.Groups[1].Value).ToList();
        var fired = Fired().Matches(File.ReadAllText(Path.Combine(_folder, Cases))).Select(match => match.Groups[1].Value);
        Assert.Contains("OvndbServerDown", alerts);
        Assert.Empty(alerts.Except(fired));
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"alertname: (\w+)\n\s+eval_time: \w+\n\s+exp_alerts:\n\s+- exp_labels")]
    private static partial Regex Fired();
}
