using System.Text.RegularExpressions;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>
/// Which folders of the product use which. Folders go by their namespaces, such as <c>OvndbOcf.Decisions.Copies</c>. Compiled types tell nearly all of it; constants are not seen in them, and so the using
/// directives of the sources count, too.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    /// <summary>The folders.</summary>
    public IReadOnlyCollection<string> Folders => _uses.Keys;

    /// <summary>Draws it.</summary>
    public static FolderGraph Draw()
    {
        var graph = new FolderGraph();
        var types = Product.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => IsFolder(type.Namespace)).ToList();
        foreach (var folder in types.Select(type => type.Namespace!).Distinct())
        {
            graph._uses[folder] = new(StringComparer.Ordinal);
        }

        foreach (var type in types)
        {
            foreach (var used in UsedTypes.Of(type).Where(used => IsFolder(used.Namespace)))
            {
                graph.Add(type.Namespace!, used.Namespace!, $"{NameOf(type)} uses {NameOf(used)}");
            }
        }

        foreach (var source in Product.Sources)
        {
            var text = File.ReadAllText(source);
            foreach (Match directive in Using().Matches(text))
            {
                graph.Add(NamespaceOf(text), graph.FolderIn(directive.Groups["name"].Value), $"{Product.PathOf(source)} names it");
            }
        }

        return graph;
    }

    /// <summary>The namespace that a source declares.</summary>
    public static string NamespaceOf(string text) => Namespace().Match(text).Groups["name"].Value;

    /// <summary>One of folders that use each other so.</summary>
    public static FolderGraph Of(params (string Folder, string Used)[] uses)
    {
        var graph = new FolderGraph();
        foreach (var (folder, used) in uses)
        {
            graph._uses.TryAdd(folder, new(StringComparer.Ordinal));
            graph._uses.TryAdd(used, new(StringComparer.Ordinal));
            graph.Add(folder, used, "told");
        }

        return graph;
    }

    /// <summary>Whether a folder uses another one.</summary>
    public bool Has(string folder, string used) => _uses[folder].ContainsKey(used);

    /// <summary>The shortest way from each folder back to itself, each cycle once, with a reason for every step; empty where no folders depend on each other.</summary>
    public IReadOnlyList<string> FindCycles()
    {
        List<string> cycles = [];
        var told = new HashSet<string>();
        foreach (var folder in Folders)
        {
            if (!told.Contains(folder) && FindWayBack(folder) is { } way)
            {
                told.UnionWith(way);
                cycles.Add(string.Join("; ", way.Zip([.. way.Skip(1), folder], (from, to) => $"{from} -> {to} ({_uses[from][to]})")));
            }
        }

        return cycles;
    }

    private static bool IsFolder(string? name) => name?.StartsWith(Product.Prefix, StringComparison.Ordinal) == true;

    // One that the compiler made, such as of an asynchronous method, goes by the type that it is in.
    private static string NameOf(Type type) => type.DeclaringType is { } outer ? NameOf(outer) : type.Name;

    private void Add(string folder, string used, string reason)
    {
        if (folder != used)
        {
            _uses[folder].TryAdd(used, reason);
        }
    }

    // A directive may name a type.
    private string FolderIn(string name) => _uses.ContainsKey(name) ? name : FolderIn(name[..name.LastIndexOf('.')]);

    private List<string>? FindWayBack(string folder)
    {
        var cameFrom = new Dictionary<string, string>();
        var next = new Queue<string>([folder]);
        while (next.TryDequeue(out var at))
        {
            foreach (var used in _uses[at].Keys)
            {
                if (used == folder)
                {
                    List<string> way = [at];
                    while (way[0] != folder)
                    {
                        way.Insert(0, cameFrom[way[0]]);
                    }

                    return way;
                }

                if (cameFrom.TryAdd(used, at))
                {
                    next.Enqueue(used);
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(?<name>OvndbOcf\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
