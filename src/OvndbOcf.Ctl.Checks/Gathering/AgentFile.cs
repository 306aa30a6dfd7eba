using System.Xml;
using System.Xml.Linq;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Linux;
using OvndbOcf.Servers;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Looks at what is installed where the cluster looks for the agent.</summary>
internal static class AgentFile
{
    // OVN's shell agent has the same name and most of the parameters, and not this one.
    private const string OwnParameter = "outdated_copies";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>The path of an agent such as <c>ocf:ovn:ovndb-servers</c>.</summary>
    public static string PathOf(string agent) => Path.Combine("/usr/lib/ocf/resource.d", agent["ocf:".Length..].Replace(':', '/'));

    /// <summary>Looks at it, and lets it describe itself.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="isInContainer">Whether the resource runs in containers, which have files of their own.</param>
    public static Task<Fact<InstalledAgent>> LookAsync(string agent, bool isInContainer) =>
        isInContainer
            ? Task.FromResult(Fact<InstalledAgent>.Unknown("the resource runs in containers, which have the agent in their image"))
            : LookAsync(PathOf(agent));

    internal static async Task<Fact<InstalledAgent>> LookAsync(string path)
    {
        // A link exists, whatever it leads to.
        var file = new FileInfo(path);
        if (file.LinkTarget is null ? !file.Exists : file.ResolveLinkTarget(returnFinalTarget: true)?.Exists != true)
        {
            return Fact<InstalledAgent>.Of(file.LinkTarget is null ? InstalledAgent.Missing : InstalledAgent.DanglingLink);
        }

        var described = await CommandRunner.RunAsync(path, ["meta-data"], Timeout).ConfigureAwait(false);
        return described.End == CommandEnd.TimedOut
            ? Fact<InstalledAgent>.Unknown($"{path} did not describe itself in time")
            : Fact<InstalledAgent>.Of(described.Succeeded ? Identify(described.Output) : InstalledAgent.Other);
    }

    /// <summary>Which agent describes itself so.</summary>
    internal static InstalledAgent Identify(string metaData)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(metaData),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null }
            );
            var agent = XElement.Load(reader);
            return agent.Attribute("name")?.Value != AgentDescription.Name
                || !agent.Descendants("parameter").Any(parameter => parameter.Attribute("name")?.Value == OwnParameter)
                    ? InstalledAgent.Other
                : agent.Attribute("version")?.Value == AgentDescription.Definition.Version ? InstalledAgent.This
                : InstalledAgent.OtherVersion;
        }
        catch (XmlException)
        {
            return InstalledAgent.Other;
        }
    }
}
