using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>
/// Tests that write executables and run them, one after another: a file that is open for writing in one thread while another starts a
/// process is inherited by it for a moment, and cannot be executed in the meantime (ETXTBSY).
/// </summary>
[CollectionDefinition(Name)]
public sealed class OneAtATime
{
    public const string Name = "processes";
}
