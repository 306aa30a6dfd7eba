namespace OvndbOcf.Bench.Results;

/// <summary>Collects samples while the sections run.</summary>
internal sealed class SampleBook
{
    private readonly List<(Measure Measure, Variant Variant, List<double> Samples, List<string> Notes)> entries = [];

    /// <summary>All series so far, in the order in which they were begun.</summary>
    public IReadOnlyList<Series> Series =>
        [
            .. entries.Select(entry => new Series(
                entry.Measure,
                entry.Variant,
                [.. entry.Samples],
                entry.Notes.Count == 0 ? null : string.Join("; ", entry.Notes)
            )),
        ];

    /// <summary>Adds samples to a series, and a note that is kept once.</summary>
    public void Add(Measure measure, Variant variant, IEnumerable<double> samples, string? note = null)
    {
        var index = entries.FindIndex(entry => entry.Measure == measure && entry.Variant == variant);
        if (index < 0)
        {
            entries.Add((measure, variant, [], []));
            index = entries.Count - 1;
        }

        entries[index].Samples.AddRange(samples);
        if (note is not null && !entries[index].Notes.Contains(note))
        {
            entries[index].Notes.Add(note);
        }
    }

    /// <summary>Adds one sample.</summary>
    public void Add(Measure measure, Variant variant, double sample, string? note = null) => Add(measure, variant, [sample], note);
}
