using System.Xml;
using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>A resource of this agent in the cluster's configuration.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Parameters">Its parameters, name to value.</param>
public sealed record ClusterDeployment(string Id, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Whether the cluster remembers that it has run on this node since the node joined.</summary>
    public bool HasRunHere { get; init; }
}

/// <summary>The resources of this agent in the cluster's configuration (cibadmin(8)).</summary>
public static class ClusterDeployments
{
    private const string Type = "ovndb-servers";

    // CRM_EX_NOSUCH of Pacemaker 2.0 and later.
    private const int NoSuchObject = 105;

    /// <summary>All of them; empty if there is none, null if the configuration cannot be read.</summary>
    /// <param name="directory">The directory of the tools (<c>HA_SBIN_DIR</c>).</param>
    /// <param name="node">This node.</param>
    /// <param name="timeout">How long it may take.</param>
    public static async Task<IReadOnlyList<ClusterDeployment>?> ReadAsync(string directory, string node, TimeSpan timeout)
    {
        var path = $"//primitive[@type='{Type}']";
        if (!node.Contains('\'', StringComparison.Ordinal))
        {
            path += $" | //node_state[@uname='{node}']//lrm_resource[@type='{Type}']";
        }

        var result = await CommandRunner
            .RunAsync(Path.Combine(directory, "cibadmin"), ["--query", "--xpath", path], timeout)
            .ConfigureAwait(false);
        return result.Succeeded ? Parse(result.Output)
            : result is { End: CommandEnd.Exited, ExitCode: NoSuchObject } ? []
            : null;
    }

    /// <summary>Those in what cibadmin answered; null if that is not readable.</summary>
    internal static IReadOnlyList<ClusterDeployment>? Parse(string xml)
    {
        var found = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var ran = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var (resource, history, isParameters) = (string.Empty, string.Empty, false);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.EndElement, Name: "instance_attributes" })
                {
                    isParameters = false;
                }
                else if (reader.NodeType == XmlNodeType.Element)
                {
                    switch (reader.Name)
                    {
                        case "primitive":
                            (resource, isParameters) = (reader.GetAttribute("id") ?? string.Empty, false);
                            found[resource] = new Dictionary<string, string>(StringComparer.Ordinal);
                            break;
                        case "instance_attributes":
                            isParameters = !reader.IsEmptyElement;
                            break;
                        case "nvpair"
                            when isParameters
                                && reader.GetAttribute("name") is { } name
                                && reader.GetAttribute("value") is { } value
                                && found.TryGetValue(resource, out var parameters):
                            parameters[name] = value;
                            break;
                        case "lrm_resource":
                            history = WithoutNumber(reader.GetAttribute("id") ?? string.Empty);
                            break;

                        // A probe that found nothing is the only one that leaves no doubt.
                        case "lrm_rsc_op"
                            when (reader.GetAttribute("operation"), reader.GetAttribute("rc-code")) is not ("monitor", "7" or "5" or "193"):
                            ran.Add(history);
                            break;
                    }
                }
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return [.. found.Select(entry => new ClusterDeployment(entry.Key, entry.Value) { HasRunHere = ran.Contains(entry.Key) })];
    }

    private static string WithoutNumber(string id) =>
        id.LastIndexOf(':') is > 0 and var colon && id.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? id[..colon] : id;
}
