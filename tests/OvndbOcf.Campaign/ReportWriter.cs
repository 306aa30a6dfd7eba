using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign;

/// <summary>Writes one report of all campaigns in a directory.</summary>
internal static class ReportWriter
{
    /// <summary>Reads every campaign's results and writes <c>report.html</c> beside them.</summary>
    public static void WriteAll(string directory)
    {
        var campaigns = Directory
            .GetFiles(directory, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => CampaignJson.Read(File.ReadAllText(file)))
            .ToList();
        File.WriteAllText(Path.Combine(directory, "report.html"), HtmlReport.Write(campaigns));
    }
}
