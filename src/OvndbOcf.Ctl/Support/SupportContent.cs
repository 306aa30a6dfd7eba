using System.Text;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Support;

/// <summary>Makes the files of an archive of what was found, without secrets. Pure.</summary>
internal static class SupportContent
{
    /// <summary>The files with their contents, the manifest first.</summary>
    /// <param name="manifest">The manifest without what was found.</param>
    /// <param name="entries">What was found.</param>
    public static IReadOnlyList<(string Name, byte[] Content)> Build(SupportManifest manifest, IReadOnlyList<SupportEntry> entries)
    {
        var redaction = new Redaction();

        // First what names its secrets: what is found there goes from everything else as well.
        foreach (var entry in entries.Where(entry => entry is { IsXml: true, Text: not null }))
        {
            _ = redaction.Xml(entry.Text!);
        }

        List<(string Name, byte[] Content)> files = [];
        List<SupportGap> missing = [];
        foreach (var entry in entries)
        {
            if (entry.Archive is { } archive)
            {
                files.Add((entry.Name, archive));
                continue;
            }

            var text =
                entry.Text is null ? null
                : entry.IsXml ? redaction.Xml(entry.Text)
                : redaction.Text(entry.Text);
            if (text is not null)
            {
                files.Add((entry.Name, Encoding.UTF8.GetBytes(text)));
            }

            if (text is null || entry.Problem is not null)
            {
                missing.Add(
                    new SupportGap(entry.Name, redaction.Text(entry.Problem ?? "what was found cannot be read, and may have secrets"))
                );
            }
        }

        var whole = manifest with
        {
            Files = [.. files.Select(file => new SupportFile(file.Name, file.Content.Length))],
            Missing = missing,
            SecretsRemoved = redaction.Count,
        };
        return [("manifest.json", Encoding.UTF8.GetBytes(CtlJson.Write(whole))), .. files];
    }
}
