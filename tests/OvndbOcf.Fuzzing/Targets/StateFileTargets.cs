using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>Files that one action reads after another, or another program, wrote them: notes from memory, and all of them from real files.</summary>
internal static class StateFileTargets
{
    private const string Id = "66666666-0000-4000-8000-000000000006";

    private static readonly Guid Promotion = Guid.Parse(Id);

    public static FuzzTarget Steady() =>
        new(
            "steady-note",
            Samples.Of(
                "123456\nPromoted AgentParameters { MasterIp = 10.0.0.9 }\nActive - Active - Running\n10.0.0.3:6641>10.0.0.4:40112=1 [fd00::3]:6642>[fd00::4]:40114=0\n-\n10.0.0.9:6641=4711 10.0.0.2:6641=-\n"
                    + "12:3456:0A0B0C0D0E0F1011 /dev/shm/qb-1-12-20-x/qb-event-cpg-header\n13:3457:0A0B0C0D0E0F1011 /dev/shm/qb-1-13-20-y/qb-event-cpg-header\nend\n",
                "1\na\nb\n\n-\n\n-\nend\n"
            ),
            (input, random) =>
            {
                var text = Samples.Text(input);
                if (MonitorCacheFile.Parse(text) is ({ } state, var time))
                {
                    Must.Hold(text.EndsWith("\nend\n", StringComparison.Ordinal) && time >= 0, "a note that was cut off is none");
                    Must.Hold(
                        state.Activity is null || !ClusterActivity.IsStillAt(state.Activity),
                        "a cluster that is not there is not as it was"
                    );
                }

                var ends = Enumerable
                    .Range(0, random.Next(4))
                    .Select(_ => new WatchedConnection(
                        new IPEndPoint(FreshnessTargets.AnyAddress(random), 6641),
                        new IPEndPoint(FreshnessTargets.AnyAddress(random), random.Next(65536)),
                        random.Next(2) == 0
                    ));
                var written = new MonitorCacheEntry(
                    "subject " + FreshnessTargets.AnyName(random),
                    "servers",
                    [.. ends],
                    random.Next(2) == 0 ? "/db|1 2|/db|3 4|-|-" : null,
                    random.Next(2) == 0 ? "10.0.0.9:6641=4711 [fd00::2]:6641=-" : "",
                    random.Next(2) == 0 ? "1:2:03 /dev/shm/x\n4:5:06 /dev/shm/y" : null
                );
                var format = MonitorCacheFile.Format(written, 17);
                var (read, then) = MonitorCacheFile.Parse(format);
                Must.Hold(
                    read is not null
                        && then == 17
                        && read.Connections.SequenceEqual(written.Connections)
                        && read with { Connections = written.Connections } == written,
                    "what was written is read"
                );
                Must.Hold(MonitorCacheFile.Parse(format[..random.Next(format.Length)]).State is null, "the beginning of a note is none");
            }
        );

    public static FuzzTarget Owner() =>
        new(
            "owner",
            Samples.Of("ovndb\n325:12345 324:12340\n", "second\n\n"),
            (input, random) =>
            {
                Must.Hold(
                    Ownership.Parse(Samples.Text(input)) is not { } noted
                        || (noted.Resource.Length > 0 && noted.Processes.All(process => process.Id >= 0)),
                    "a note has a resource"
                );
                var written = new Ownership(
                    FreshnessTargets.AnyName(random),
                    [.. Enumerable.Range(0, random.Next(4)).Select(_ => new ProcessMark(random.Next(), random.NextInt64()))]
                );
                Must.Hold(
                    Ownership.Parse(written.ToString()) is { } read
                        && read.Resource == written.Resource
                        && read.Processes.SequenceEqual(written.Processes),
                    "what was written is read"
                );
            }
        );

    public static FuzzTarget Links() =>
        new(
            "links",
            Samples.Of($"{Id}\nn1 Linked 10.0.0.3:40112 [fd00::3]:40114\nn2 Lost - -", Id),
            (input, random) =>
            {
                foreach (var (node, memory) in LinkMemoryFile.Parse(Samples.Text(input), Promotion) ?? new Dictionary<string, LinkMemory>())
                {
                    Must.Hold(node.Length > 0 && Enum.IsDefined(memory.State), "what is remembered has a node and a state");
                }

                var written = new Dictionary<string, LinkMemory>(StringComparer.Ordinal);
                for (var i = random.Next(4); i > 0; i--)
                {
                    written[FreshnessTargets.AnyName(random)] = new LinkMemory(
                        (LinkState)random.Next(3),
                        random.Next(2) == 0 ? new LinkEnds("10.0.0.3:1", "[fd00::3]:2") : null
                    );
                }

                var format = LinkMemoryFile.Format(Promotion, written);
                Must.Hold(
                    LinkMemoryFile.Parse(format, Promotion)!.OrderBy(entry => entry.Key).SequenceEqual(written.OrderBy(entry => entry.Key)),
                    $"what was written is read: {format}"
                );
                Must.Hold(LinkMemoryFile.Parse(format, Guid.Empty) is null, "what belongs to another promotion is not remembered");
            }
        );

    public static FuzzTarget Files()
    {
        // In memory, as the agent's own are.
        var directory = Directory.CreateDirectory($"/dev/shm/ovndb-fuzz-{Environment.ProcessId}").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        return new FuzzTarget(
            "files",
            Samples.Of(
                "4711\n",
                "0\nCurrent promotion=7",
                $"1772366400000\n{Id} 10.0.0.3:40112 [fd00::3]:40114",
                $"{Id}\nn1 Linked 10.0.0.3:40112 [fd00::3]:40114",
                "1\na\nb\n\n-\nend\n"
            ),
            (input, random) =>
            {
                var resource = "../../" + FreshnessTargets.AnyName(random);
                string[] kinds = ["steady", "published", "following", "links", "disconnected"];
                var kind = kinds[random.Next(kinds.Length)];
                var path = Path.Combine(directory, $"ovndb-servers-{resource.Replace('/', '_')}.{kind}");
                File.WriteAllBytes(path, input);
                Read(directory, resource, kind, path, Samples.Text(input));
                File.Delete(path);
                Must.Hold(Directory.GetFileSystemEntries(directory).Length == 0, "nothing is left, and nothing is elsewhere");
            }
        );
    }

    private static void Read(string directory, string resource, string kind, string path, string text)
    {
        var pid = ProcessTable.ReadPidFile(path);
        Must.Hold(pid is null or > 0, "a process has a positive id");
        Must.Hold(pid is null || text.Trim().All(char.IsAsciiDigit), "a pid file holds a number and nothing else");
        var note = new StateFile(directory, resource, kind);
        switch (kind)
        {
            case "steady":
                _ = new MonitorCacheFile(note).Read();
                break;
            case "published":
                Must.Hold(!new RecentNote(note).Says("never written"), "nothing is said that was not written");
                break;
            case "following":
                var change = DateTimeOffset.UnixEpoch;
                Must.Hold(
                    new FollowingSinceFile(note).Proven(Promotion, change) is not { } proven
                        || (proven == change && text.Contains(Id, StringComparison.Ordinal)),
                    "a change is proven only by its promotion"
                );
                break;
            case "links":
                Must.Hold(
                    new LinkMemoryFile(note).Read(Promotion) is null || text.StartsWith(Id, StringComparison.Ordinal),
                    "only its promotion is remembered"
                );
                break;
            default:
                Must.Hold(new ConditionTimer(note).Update(holds: true) >= TimeSpan.Zero, "nothing lasts a negative time");
                break;
        }
    }
}
