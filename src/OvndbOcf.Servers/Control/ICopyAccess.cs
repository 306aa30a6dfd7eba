using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>What is in this node's copy of a database.</summary>
internal interface ICopyAccess
{
    /// <summary>The copy. A server of any role answers.</summary>
    /// <param name="deadline">When it has to be read.</param>
    /// <param name="withSchema">Whether with the version of its schema: servers tell no version without the whole schema.</param>
    DatabaseCopy Read(Deadline deadline, bool withSchema = true);

    /// <summary>The marker in the copy, asked of the server alone; null if there is none, or it cannot be read.</summary>
    PromotionMarker? ReadMarker(Deadline deadline);

    /// <summary>Writes the marker, and returns when it is on disk. Nothing else in the database changes.</summary>
    Outcome WriteMarker(PromotionMarker marker, Deadline deadline);
}
