using System.Text.RegularExpressions;
using Xunit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>docs/operations.md names scripts and tests that exist, and all scripts for operations; the README names all examples.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "operations.md"));

    [Fact]
    public void The_page_names_each_script_for_operations_and_no_other() =>
        Assert.Equal(
            Scripts("operations"),
            Script().Matches(Page).Select(match => match.Groups[1].Value).Distinct().Except(Scripts(".")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_test_that_the_page_names_exists()
    {
        var named = Test().Matches(Page).Select(match => match.Groups[1].Value).Distinct().ToList();
        var sources = Directory
            .EnumerateFiles(Path.Combine(Product.Root(), "tests", "OvndbOcf.ClusterTests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, sources));
    }

    [Fact]
    public void The_readme_names_each_example()
    {
        var readme = File.ReadAllText(Path.Combine(Product.Root(), "README.md"));
        Assert.All(Scripts("."), script => Assert.Contains($"`{script}`", readme, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Scripts(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Product.Root(), "pcs-examples", folder), "*.sh")
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"([a-z-]+\.sh)\b")]
    private static partial Regex Script();

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex Test();
}
