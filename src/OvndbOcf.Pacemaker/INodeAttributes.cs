using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>Node attributes, by which instances tell each other, and people, what they are.</summary>
public interface INodeAttributes
{
    /// <summary>Sets a node attribute with reboot lifetime. One that is private is not in the CIB: it triggers nothing, and crm_mon does not show it.</summary>
    Task<CommandResult> SetAttributeAsync(string name, string node, string value, bool isPrivate, TimeSpan timeout);

    /// <summary>
    /// Sets a node attribute with reboot lifetime that is for people alone. Each change of the CIB has a transition computed anew: this one waits until no node has changed the attribute for 5 s, and by then a
    /// failover is usually over.
    /// </summary>
    Task<CommandResult> ShowAttributeAsync(string name, string node, string value, TimeSpan timeout);

    /// <summary>Deletes a node attribute. It is no failure if there is none.</summary>
    Task<CommandResult> DeleteAttributeAsync(string name, string node, TimeSpan timeout);

    /// <summary>
    /// A node attribute on all nodes that have it, node to value: empty if the attribute daemon says that none has, null if it says nothing. One that has just been started again
    /// knows nothing for a moment, and says so as if there were nothing to know.
    /// </summary>
    Task<IReadOnlyDictionary<string, string>?> ReadAttributeAsync(string name, TimeSpan timeout);
}
