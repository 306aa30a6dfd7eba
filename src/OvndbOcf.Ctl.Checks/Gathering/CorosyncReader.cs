using System.Net;
using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Reads corosync.conf(5): sections in braces, and <c>KEY: VALUE</c> in them. Pure.</summary>
internal static class CorosyncReader
{
    /// <summary>What the text says; null if its braces do not match.</summary>
    public static CorosyncFacts? Parse(string text)
    {
        var sections = new Stack<string>();
        var nodes = new List<(string? Name, string? Address)>();
        var quorum = new Dictionary<string, string>(StringComparer.Ordinal);
        var hasDevice = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.EndsWith('{'))
            {
                sections.Push(line[..^1].Trim());
                switch (Path(sections))
                {
                    case "nodelist/node":
                        nodes.Add((null, null));
                        break;
                    case "quorum/device":
                        hasDevice = true;
                        break;
                }
            }
            else if (line == "}")
            {
                if (!sections.TryPop(out _))
                {
                    return null;
                }
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                var (key, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
                switch (Path(sections), key)
                {
                    case ("nodelist/node", "name"):
                        nodes[^1] = nodes[^1] with { Name = value };
                        break;
                    case ("nodelist/node", "ring0_addr"):
                        nodes[^1] = nodes[^1] with { Address = value };
                        break;
                    case ("quorum", _):
                        quorum[key] = value;
                        break;
                }
            }
        }

        var isTwoNode = quorum.GetValueOrDefault("two_node") == "1";
        return sections.Count > 0
            ? null
            : new CorosyncFacts(
                [.. nodes.Select(node => new CorosyncNode(node.Name, IPAddress.TryParse(node.Address, out var address) ? address : null))],
                isTwoNode,
                quorum.TryGetValue("wait_for_all", out var waits) ? waits == "1" : isTwoNode,
                hasDevice
            );
    }

    private static string Path(Stack<string> sections) => string.Join('/', sections.Reverse());
}
