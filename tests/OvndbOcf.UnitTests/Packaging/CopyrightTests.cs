using System.Text.Json;
using System.Text.RegularExpressions;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Packaging;

/// <summary>agent/packaging/copyright names what is linked into each executable of the packages.</summary>
public sealed partial class CopyrightTests
{
    private static readonly string[] OfTheSystem = [".NET run-time", "GNU C Library", "libgcc"];

    /// <param name="executable">Where the packages have it.</param>
    /// <param name="project">What it is compiled from.</param>
    /// <param name="native">What is linked in of the run-time's native libraries that is not the run-time's own.</param>
    [Theory]
    [InlineData("usr/lib/ovndb-ocf/ovndb-servers", "agent")]
    [InlineData("usr/sbin/ovndbctl", "src/OvndbOcf.Ctl", "zlib-ng")]
    public void Each_part_of_an_executable_is_named(string executable, string project, params string[] native)
    {
        var stanza = Assert.Single(Stanzas(), stanza => FilesOf(stanza).Contains(executable));
        var named = Parts().Matches(stanza).SelectMany(match => match.Groups[1].Value.Split(", ")).ToList();
        Assert.All([.. OfTheSystem, .. native, .. Linked(project)], part => Assert.Contains(named, name => Covers(name, part)));
    }

    private static string[] Stanzas() => File.ReadAllText(Path.Combine(Product.Root(), "agent", "packaging", "copyright")).Split("\n\n");

    private static string[] FilesOf(string stanza) =>
        stanza.StartsWith("Files: ", StringComparison.Ordinal) ? stanza["Files: ".Length..].Split('\n')[0].Split(' ') : [];

    private static bool Covers(string name, string part) =>
        name.EndsWith('*') ? part.StartsWith(name[..^1], StringComparison.Ordinal) : name == part;

    /// <summary>The packages of a project, without those that compile it.</summary>
    private static IEnumerable<string> Linked(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Product.Root(), project, "packages.lock.json")));
        return
        [
            .. file
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project" && !Compiler().IsMatch(package.Name))
                .Select(package => package.Name)
                .Distinct(),
        ];
    }

    [GeneratedRegex(@"\((.*)\)$", RegexOptions.Multiline)]
    private static partial Regex Parts();

    [GeneratedRegex("ILCompiler|ILLink")]
    private static partial Regex Compiler();
}
