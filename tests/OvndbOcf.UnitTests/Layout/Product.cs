using System.Reflection;
using System.Runtime.CompilerServices;
using OvndbOcf.Servers.Actions;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>The libraries of which the agent is made, compiled and as sources.</summary>
internal static class Product
{
    public const string Prefix = "OvndbOcf.";

    /// <summary>What the actions are in, and all of this project that it refers to.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = Closure(typeof(OcfActions).Assembly);

    /// <summary>The sources of those.</summary>
    public static IEnumerable<string> Sources =>
        Assemblies
            .SelectMany(assembly => Directory.EnumerateFiles(FolderOf(assembly), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>The path of a source from the folder that all projects are in, such as <c>OvndbOcf.Decisions/Copies/CopyState.cs</c>.</summary>
    public static string PathOf(string source) => Path.GetRelativePath(Path.Combine(Root(), "src"), source);

    private static string FolderOf(Assembly assembly) => Path.Combine(Root(), "src", assembly.GetName().Name!);

    private static List<Assembly> Closure(Assembly first)
    {
        List<Assembly> found = [first];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(
                found[i]
                    .GetReferencedAssemblies()
                    .Where(name => name.Name!.StartsWith(Prefix, StringComparison.Ordinal))
                    .Select(Assembly.Load)
                    .Except(found)
            );
        }

        return found;
    }

    internal static string Root([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "OvndbOcf.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
