using System.Diagnostics;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

/// <summary>A browser without a screen, with a profile of its own, that looks at one page and ends.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();

    /// <summary>Shows a page in a window of this size; returns the page as it is when its scripts have run.</summary>
    public Task<string> DumpAsync(string page, int width, int height, CancellationToken cancellationToken) =>
        RunAsync(page, width, height, "--dump-dom", cancellationToken);

    /// <summary>Shows a page in a window of this size; returns a picture of it as a PNG file.</summary>
    public async Task<byte[]> PictureAsync(string page, int width, int height, CancellationToken cancellationToken)
    {
        await RunAsync(page, width, height, $"--screenshot={folder["picture.png"]}", cancellationToken);
        return await File.ReadAllBytesAsync(folder["picture.png"], cancellationToken);
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> RunAsync(string page, int width, int height, string what, CancellationToken cancellationToken)
    {
        var file = folder.Write("page.html", page);
        string[] arguments =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            $"--user-data-dir={folder["profile"]}",
            $"--window-size={width},{height}",
            what,
            $"file://{file}",
        ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var browser = Process.Start(
            new ProcessStartInfo(Executable(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        try
        {
            var errors = browser.StandardError.ReadToEndAsync(limit.Token);
            var output = await browser.StandardOutput.ReadToEndAsync(limit.Token);
            await browser.WaitForExitAsync(limit.Token);
            Assert.True(browser.ExitCode == 0, $"the browser ended with {browser.ExitCode}: {await errors}");
            return output;
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
                browser.WaitForExit(TimeSpan.FromSeconds(10));
            }
        }
    }

    private static string Executable()
    {
        TestNeeds.AssertSaid(TestNeeds.Chromium);
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .SelectMany(directory => new[] { Path.Combine(directory, "chromium"), Path.Combine(directory, "chromium-browser") })
            .FirstOrDefault(File.Exists);
        Assert.True(found is not null, "there is no Chromium on the PATH: container/setup/ensure-chromium installs it");
        return found;
    }
}
