using System.Globalization;
using System.Text;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Support;

/// <summary>Finds what helps somebody elsewhere to understand this node and its cluster. Of databases only headers: their rows belong to the operator.</summary>
/// <param name="settings">The settings.</param>
internal sealed class SupportGatherer(CtlSettings settings)
{
    private const int TextMaxBytes = 16 << 20;
    private const int LogMaxBytes = 2 << 20;

    // A journal of months is searched from its begin.
    private static readonly TimeSpan SearchTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What is found; what is not says why.</summary>
    /// <param name="facts">What is known of the resource.</param>
    /// <param name="view">The same, judged.</param>
    public async Task<IReadOnlyList<SupportEntry>> GatherAsync(ClusterFacts facts, ClusterView view)
    {
        var parameters = LocalNode.ParametersOf(facts.Resource);
        var logs = parameters.Directories.Log ?? "/var/log/ovn";
        var plain = new RenderOptions(80, false, TimeZoneInfo.Utc);
        return
        [
            new SupportEntry("ovndbctl/list.txt", ListText.Render(view, plain)),
            new SupportEntry("ovndbctl/list.json", CtlJson.Write(view)),
            new SupportEntry("ovndbctl/why.txt", WhyText.Render(Why.Nobody(view), plain)),
            new SupportEntry("ovndbctl/history.txt", HistoryText.Render(History.Of(facts.Cib, facts.Resource.Id), plain)),
            new SupportEntry("parameters.txt", Lines(facts.Resource.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))),
            Databases(facts, parameters),
            await CibAsync().ConfigureAwait(false),
            await RunAsync("cluster/crm_mon.xml", Tool("crm_mon"), "--one-shot", "--output-as=xml", "--inactive", "--show-node-attributes")
                .ConfigureAwait(false),
            await RunAsync("cluster/crm_mon.txt", Tool("crm_mon"), "--one-shot", "--inactive", "--show-node-attributes", "--failcounts")
                .ConfigureAwait(false),
            await RunAsync("cluster/nodes.txt", Tool("crm_node"), "--list").ConfigureAwait(false),
            await RunAsync("cluster/published.txt", Tool("attrd_updater"), "--name", "copy-" + facts.Resource.Id, "--query", "--all")
                .ConfigureAwait(false),
            await RunAsync("cluster/quorum.txt", "corosync-quorumtool", "-s").ConfigureAwait(false),
            Tail("cluster/corosync.conf", "/etc/corosync/corosync.conf"),
            await RunAsync("logs/journal.txt", "journalctl", "--no-pager", "--lines=5000", "--unit=pacemaker", "--unit=corosync")
                .ConfigureAwait(false),
            Tail("logs/pacemaker.log", "/var/log/pacemaker/pacemaker.log"),
            Tail("logs/ovsdb-server-nb.log", Path.Combine(logs, "ovsdb-server-nb.log")),
            Tail("logs/ovsdb-server-sb.log", Path.Combine(logs, "ovsdb-server-sb.log")),
            Tail("logs/ovn-northd.log", Path.Combine(logs, "ovn-northd.log")),
            Tail("versions/os-release.txt", "/etc/os-release"),
            await RunAsync("versions/ovsdb-server.txt", "ovsdb-server", "--version").ConfigureAwait(false),
            await RunAsync("versions/ovn-northd.txt", "ovn-northd", "--version").ConfigureAwait(false),
            await RunAsync("versions/pacemaker.txt", Tool("pacemakerd"), "--version").ConfigureAwait(false),
            await RunAsync("versions/corosync.txt", "corosync", "-v").ConfigureAwait(false),
            await RunAsync("versions/kernel.txt", "uname", "-a").ConfigureAwait(false),
        ];
    }

    private string Tool(string name) => Path.Combine(settings.Tools, name);

    private async Task<SupportEntry> CibAsync()
    {
        const string Name = "cluster/cib.xml";
        var live = await RunAsync(Name, Tool("cibadmin"), "--query").ConfigureAwait(false);
        return live.Text is not null ? live
            : PlainFile.ReadText(settings.CibFile, TextMaxBytes) is { } text
                ? new SupportEntry(Name, text, $"this is Pacemaker's file, without the status: {live.Problem}")
            : live;
    }

    private static async Task<SupportEntry> RunAsync(string name, string tool, params string[] arguments)
    {
        var result = await CommandRunner.RunAsync(tool, arguments, SearchTimeout, outputMaxBytes: TextMaxBytes).ConfigureAwait(false);
        return result.Succeeded
            ? new SupportEntry(name, result.Output)
            : new SupportEntry(name, null, $"{Path.GetFileName(tool)}: {result.Essence}");
    }

    /// <summary>The end of a file.</summary>
    internal static SupportEntry Tail(string name, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var skipped = Math.Max(0, file.Length - LogMaxBytes);
            file.Seek(skipped, SeekOrigin.Begin);
            var bytes = new byte[LogMaxBytes];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = Encoding.UTF8.GetString(bytes, 0, count);
            return skipped == 0
                ? new SupportEntry(name, text)
                : new SupportEntry(
                    name,
                    // From the first whole line on: half a line may hide the name of a secret.
                    text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..],
                    string.Create(CultureInfo.InvariantCulture, $"without the first {skipped} bytes")
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SupportEntry(name, null, exception.Message);
        }
    }

    private static SupportEntry Databases(ClusterFacts facts, AgentParameters parameters)
    {
        var lines = new List<string>();
        foreach (var database in parameters.Databases)
        {
            var path = DatabaseFile.Find(parameters, database);
            lines.Add($"{database.Label} {path}: {Header(path)}");
            lines.AddRange(
                AsideFiles
                    .Find(parameters, database.Kind)
                    ?.Select(file => $"  {file.Name} {Words.Size(file.Length)}: {Header(file.FullName)}")
                    ?? ["  the directory cannot be read"]
            );
            if (facts.Local?.Copies.Of(database.Kind).Marker is { } marker)
            {
                lines.Add($"  marker: {marker}");
            }
        }

        return new SupportEntry("databases.txt", Lines(lines));
    }

    private static string Header(string path)
    {
        try
        {
            var schema = RowReader.ReadSchema(path);
            return $"{OvsdbValue.Text(schema["name"])} schema {OvsdbValue.Text(schema["version"])}, {Words.Size(new FileInfo(path).Length)}";
        }
        catch (CtlException exception)
        {
            return exception.Message;
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
