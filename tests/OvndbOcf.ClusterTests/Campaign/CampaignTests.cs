using OvndbOcf.Campaign;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Campaign;

/// <summary>Short campaigns with fixed seeds. Each of them is a collection of its own, so that they run side by side with other clusters.</summary>
public abstract class CampaignTests(DebianRelease release, int nodes, int seed, int first, int faults)
{
    /// <summary>The lines that <c>make campaign</c> prints are in this test's output, and the results beside the logs of what was violated.</summary>
    [Fact(Timeout = 900_000)]
    public async Task All_invariants_hold()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var slot = await ClusterSlots.TakeAsync(cancellation);
        var output = Path.Combine(Path.GetTempPath(), $"ovndb-ocf-campaign-{Guid.NewGuid().ToString("N")[..8]}");
        var progress = new TestProgress();
        var options = new CampaignOptions(faults, seed, release, nodes, AgentChoice.Ours, output, first);
        int code;
        await using (var run = new CampaignRun(options, progress))
        {
            code = await run.RunAsync(cancellation);
        }

        Assert.True(code == 0, $"invariants were violated; the results are in {output}:\n{progress}");
        Assert.Contains(
            "</html>",
            await File.ReadAllTextAsync(Path.Combine(output, "report.html"), cancellation),
            StringComparison.Ordinal
        );

        // The same campaign again has nothing left to do: it goes on where it was stopped.
        await using (var again = new CampaignRun(options, progress))
        {
            Assert.Equal(0, await again.RunAsync(cancellation));
        }

        Assert.Contains($"{faults} trials are done already", $"{progress}", StringComparison.Ordinal);
        Directory.Delete(output, recursive: true);
    }

    private sealed class TestProgress : IProgress<string>
    {
        private readonly System.Text.StringBuilder text = new();

        public void Report(string value)
        {
            lock (text)
            {
                text.AppendLine(value);
                TestContext.Current.TestOutputHelper?.WriteLine(value);
            }
        }

        public override string ToString()
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }
}

/// <summary>Three nodes with Debian 12.</summary>
[Collection(nameof(BookwormCampaignTests))]
public sealed class BookwormCampaignTests() : CampaignTests(DebianRelease.Bookworm, nodes: 3, seed: 7, first: 5, faults: 9);

/// <summary>Two nodes with Debian 13.</summary>
[Collection(nameof(TrixieTwoNodesCampaignTests))]
public sealed class TrixieTwoNodesCampaignTests() : CampaignTests(DebianRelease.Trixie, nodes: 2, seed: 5, first: 1, faults: 7);
