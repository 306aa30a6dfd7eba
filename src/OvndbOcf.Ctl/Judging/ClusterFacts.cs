using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Everything that was found out, before anything is made of it.</summary>
internal sealed record ClusterFacts
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The cluster's configuration, and its status where Pacemaker answered.</summary>
    public required Cib Cib { get; init; }

    /// <summary>Whether <see cref="Cib"/> is what Pacemaker answered; otherwise it is its file.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Which resource.</summary>
    public required CibResource Resource { get; init; }

    /// <summary>What crm_mon says; null if it does not answer.</summary>
    public ClusterStatus? Status { get; init; }

    /// <summary>The node on which the command runs; null if that is no node of the cluster.</summary>
    public string? LocalNode { get; init; }

    /// <summary>What the instances publish of themselves, node to facts (<see cref="PublishedCopy.Facts"/>); null if the attribute daemon does not answer.</summary>
    public IReadOnlyDictionary<string, string>? Published { get; init; }

    /// <summary>What was seen on this node; null if it could not be looked at.</summary>
    public LocalFacts? Local { get; init; }

    /// <summary>Whether a location constraint keeps the resource off the node, as where full nodes are there for the quorum alone.</summary>
    public bool IsBanned(string node) =>
        Cib.Bans.GetValueOrDefault(Resource.CloneId)?.Contains(node) == true
        || Cib.Bans.GetValueOrDefault(Resource.Id)?.Contains(node) == true;
}

/// <summary>What was seen on the node on which the command runs.</summary>
/// <param name="Servers">Both servers.</param>
/// <param name="Copies">What is in both databases.</param>
/// <param name="Northd">ovn-northd.</param>
/// <param name="HasAddress">Whether the node has the address that clients connect to.</param>
/// <param name="NorthboundFiles">The files of the Northbound database.</param>
/// <param name="SouthboundFiles">The same of the Southbound database.</param>
/// <param name="Disk">The disk that the files are on; null if it could not be looked at.</param>
internal sealed record LocalFacts(
    ServerPair Servers,
    CopyPair Copies,
    NorthdState Northd,
    bool HasAddress,
    FileFacts NorthboundFiles,
    FileFacts SouthboundFiles,
    DatabaseDisk? Disk = null
)
{
    /// <summary>The files of one database.</summary>
    public FileFacts FilesOf(OvnDatabase database) => database == OvnDatabase.Northbound ? NorthboundFiles : SouthboundFiles;
}

/// <summary>The files of a database.</summary>
/// <param name="Bytes">The length of its own; null if that cannot be found out.</param>
/// <param name="SetAside">How many are set aside; null if unknown.</param>
/// <param name="LatestAside">When the latest of those was set aside; null if there is none, or unknown.</param>
internal sealed record FileFacts(long? Bytes, int? SetAside, DateTimeOffset? LatestAside = null);
