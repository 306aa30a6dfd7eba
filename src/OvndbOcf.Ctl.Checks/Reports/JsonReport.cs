using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OvndbOcf.Ctl.Checks.Reports;

/// <summary>A report for programs; docs/checks.md has its form.</summary>
internal static class JsonReport
{
    // Quotes and brackets of commands are no danger on a terminal or in a file.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static string Write(CheckReport report)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("resource", report.Resource);
            writer.WriteString("node", report.Node);
            writer.WriteNumber("exit", (int)report.Exit);
            writer.WriteString("problem", report.Problem);
            writer.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("id", finding.Id);
                writer.WriteString("severity", TextReport.Name(finding.Severity));
                writer.WriteString("reason", finding.Reason);
                writer.WriteString("command", finding.Command);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }
}
