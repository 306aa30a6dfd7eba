using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvndbOcf.Campaign.Report;

/// <summary>Campaigns as JSON, to be kept and read again.</summary>
public static class CampaignJson
{
    private static readonly CampaignContext Context = new(
        new JsonSerializerOptions
        {
            WriteIndented = true,
            IndentSize = 1,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Converters =
            {
                new JsonStringEnumConverter<NodeRole>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new JsonStringEnumConverter<FaultClass>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            },
        }
    );

    /// <summary>The campaign as a JSON document.</summary>
    /// <exception cref="ArgumentException">A number of the report is infinite or not a number.</exception>
    public static string Write(CampaignReport report) => JsonSerializer.Serialize(report, Context.CampaignReport) + "\n";

    /// <summary>The campaign that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no JSON, or no campaign; the message tells the place.</exception>
    public static CampaignReport Read(string text)
    {
        CampaignReport? report;
        try
        {
            report = JsonSerializer.Deserialize(text, Context.CampaignReport);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"This is no report of a campaign: {failure.Message}", failure);
        }

        if (report is null)
        {
            throw new FormatException("This is no report of a campaign: it is null.");
        }

        // The serializer looks for nulls among properties, not among the elements of lists.
        if (HasHoles(report))
        {
            throw new FormatException("This is no report of a campaign: an element of a list is null.");
        }

        return report;
    }

    private static bool HasHoles(CampaignReport report) =>
        report.Faults.Any(fault =>
            fault is null
            || fault.Violations.Any(violation => violation is null)
            || fault.Rows.Any(loss => loss is null)
            || fault.Timeline.Moments.Any(moment => moment is null)
            || fault.Timeline.Outages.Any(outage => outage is null)
            || fault.Timeline.Lanes.Any(lane =>
                lane is null || lane.Roles.Any(role => role is null) || lane.Address.Any(period => period is null)
            )
        );
}

/// <summary>How the serializer gets at the records without reflection.</summary>
[JsonSerializable(typeof(CampaignReport))]
internal sealed partial class CampaignContext : JsonSerializerContext;
