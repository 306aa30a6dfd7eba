using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Metrics;

/// <summary>A Prometheus on a cluster's network that scrapes its nodes and has the alert rules, with seconds where they have minutes.</summary>
internal sealed partial class PrometheusContainer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly string _folder;
    private readonly string _container;
    private readonly HttpClient _client;

    private PrometheusContainer(string folder, string container, HttpClient client) =>
        (_folder, _container, _client) = (folder, container, client);

    /// <summary>Starts it; it goes with the cluster at the latest.</summary>
    public static async Task<PrometheusContainer> StartAsync(Cluster cluster, int port)
    {
        var folder = Directory.CreateTempSubdirectory("ovndb-prometheus-").FullName;
        var rules = await File.ReadAllTextAsync(
            Path.Combine(PrometheusImage.Folder, "ovndb-alerts.yml"),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "ovndb-alerts.yml"),
            For().Replace(rules, "for: 4s"),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prometheus.yml"),
            $$"""
            global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 2s}
            rule_files: [ovndb-alerts.yml]
            scrape_configs:
              - job_name: ovndb
                static_configs: [{targets: [{{string.Join(", ", cluster.Nodes.Select(node => $"'{node.Name}:{port}'"))}}]}]
            """,
            TestContext.Current.CancellationToken
        );
        var started = await PrometheusImage.DockerAsync([
            "run",
            "--detach",
            "--rm",
            "--network",
            cluster.Network,
            "--label",
            $"ovndb-ocf.run={cluster.Run}",
            "--volume",
            $"{folder}:/config:ro",
            PrometheusImage.Name,
            "prometheus",
            "--config.file=/config/prometheus.yml",
            "--storage.tsdb.path=/tmp/data",
        ]);
        Assert.True(started.ExitCode == 0, started.Output);
        var container = started.Stdout.Trim();
        var address = await PrometheusImage.DockerAsync([
            "inspect",
            "--format",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
            container,
        ]);
        return new PrometheusContainer(folder, container, new HttpClient { BaseAddress = new Uri($"http://{address.Stdout.Trim()}:9090") });
    }

    /// <summary>Waits until what an expression of PromQL results in is as it should be, by its labels and values.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(string expression, Func<IReadOnlyList<string>, bool> condition, TimeSpan limit)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        IReadOnlyList<string> last = ["no answer"];
        while (true)
        {
            try
            {
                last = await QueryAsync(expression, deadline.Token);
                if (condition(last))
                {
                    return last;
                }

                await Task.Delay(Pause, deadline.Token);
            }
            catch (HttpRequestException)
            {
                // It has not begun to listen yet.
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{expression} is not as it should be after {limit.TotalSeconds} s:\n{string.Join('\n', last)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await PrometheusImage.DockerAsync(["kill", _container]);
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // instance=node1:9479,… value
    private async Task<IReadOnlyList<string>> QueryAsync(string expression, CancellationToken cancellationToken)
    {
        using var answer = await _client.GetFromJsonAsync<JsonDocument>(
            $"/api/v1/query?query={Uri.EscapeDataString(expression)}",
            cancellationToken
        );
        return
        [
            .. answer!
                .RootElement.GetProperty("data")
                .GetProperty("result")
                .EnumerateArray()
                .Select(sample =>
                    string.Join(',', sample.GetProperty("metric").EnumerateObject().Select(label => $"{label.Name}={label.Value}"))
                    + " "
                    + sample.GetProperty("value")[1].GetString()
                ),
        ];
    }

    [GeneratedRegex("for: [0-9]+[smh]")]
    private static partial Regex For();
}
