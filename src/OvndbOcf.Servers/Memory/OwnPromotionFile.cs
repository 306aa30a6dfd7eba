using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Keeps the record that this instance last wrote into the cluster's configuration, for as long as its promotion is open: whoever replaces the configuration as a whole takes it away or
/// brings an older one back. It lies where resource agents keep their run-time state, so a reboot clears it; without it the markers in the data tell.
/// </summary>
public sealed class OwnPromotionFile
{
    private readonly StateFile _file;

    /// <summary>The record of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public OwnPromotionFile(string directory, string resource) => _file = new StateFile(directory, resource, "promotion");

    /// <summary>The record; null if none is kept.</summary>
    public PromotionRecord? Read() => PromotionRecord.Parse(_file.Read());

    /// <summary>Keeps it; one that is closed is kept no longer.</summary>
    public void Write(PromotionRecord record)
    {
        if (record.Marker.Closed || !_file.Write(record.ToString()))
        {
            Delete();
        }
    }

    /// <summary>This instance is not promoted any more.</summary>
    public void Delete() => _file.Delete();
}
