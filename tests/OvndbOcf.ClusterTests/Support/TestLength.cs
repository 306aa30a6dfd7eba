namespace OvndbOcf.ClusterTests.Support;

/// <summary>
/// Which tests <c>make test</c> leaves to <c>make test-long</c>: those of one release that test what the other one's tests have tested, where nothing is known that would make the releases differ; those of Debian 11, of the package
/// for Fedora, and of the executable for arm64.
/// Used as <c>[Trait(TestLength.Name, TestLength.Long)]</c>; tests/run knows both words.
/// </summary>
internal static class TestLength
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Length";

    /// <summary>The value of a test that is left to <c>make test-long</c>.</summary>
    public const string Long = "long";
}
