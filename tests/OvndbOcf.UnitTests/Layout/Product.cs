using System.Reflection;
using System.Runtime.CompilerServices;
using OvndbOcf.Ctl;
using OvndbOcf.Servers.Actions;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>The libraries of which the agent is made, and ovndbctl, compiled and as sources.</summary>
internal static class Product
{
    public const string Prefix = "OvndbOcf.";

    private static readonly Assembly Command = typeof(CtlException).Assembly;

    /// <summary>What the actions are in, ovndbctl, and all of this project that they refer to.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = Closure(typeof(OcfActions).Assembly, Command);

    /// <summary>The sources of those, but for what starts an executable: that is in no namespace.</summary>
    public static IEnumerable<string> Sources =>
        Assemblies
            .SelectMany(assembly => Directory.EnumerateFiles(FolderOf(assembly), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(path => Path.GetFileName(path) != "Program.cs");

    /// <summary>The path of a source from the folder that all projects are in, such as <c>OvndbOcf.Decisions/Copies/CopyState.cs</c>.</summary>
    public static string PathOf(string source) => Path.GetRelativePath(Path.Combine(Root(), "src"), source);

    // An executable is called as people call it.
    private static string FolderOf(Assembly assembly) =>
        Path.Combine(Root(), "src", assembly == Command ? typeof(CtlException).Namespace! : assembly.GetName().Name!);

    private static List<Assembly> Closure(params ReadOnlySpan<Assembly> first)
    {
        List<Assembly> found = [.. first];
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
