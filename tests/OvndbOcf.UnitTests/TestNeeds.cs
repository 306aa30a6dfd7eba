using Xunit;

namespace OvndbOcf.UnitTests;

/// <summary>
/// What tests need beside the SDK. <c>make check</c> leaves such tests out; <c>make test</c> sets up what they need, and runs them.
/// Used as <c>[Trait(TestNeeds.Name, TestNeeds.Agent)]</c>; the Makefile and tests/run know the words.
/// </summary>
internal static class TestNeeds
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Needs";

    /// <summary>The native executable, as <c>make build</c> leaves it.</summary>
    public const string Agent = "agent";

    /// <summary>Chromium.</summary>
    public const string Chromium = "chromium";

    /// <summary>Fails a test that uses what it does not say it needs: it would run with what happens to be there, an old executable for example.</summary>
    public static void AssertSaid(string need) =>
        Assert.True(
            TestContext.Current.TestCase?.Traits.TryGetValue(Name, out var needs) == true && needs.Contains(need),
            $"the test does not say that it needs the {need}: give its class the trait {Name}={need}"
        );
}
