using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Keeps the record that this instance last wrote into the cluster's configuration, for as long as its promotion is open: whoever replaces the configuration as a whole takes it away or
/// brings an older one back. Without it the markers in the data tell.
/// </summary>
internal sealed class OwnPromotionFile(StateFile file)
{
    /// <summary>The record; null if none is kept.</summary>
    public PromotionRecord? Read() => PromotionRecord.Parse(file.Read());

    /// <summary>Keeps it; one that is closed is kept no longer.</summary>
    public void Write(PromotionRecord record)
    {
        if (record.Marker.Closed || !file.Write(record.ToString()))
        {
            Delete();
        }
    }

    /// <summary>This instance is not promoted any more.</summary>
    public void Delete() => file.Delete();
}
