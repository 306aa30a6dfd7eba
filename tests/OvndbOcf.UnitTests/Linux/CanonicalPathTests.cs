using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class CanonicalPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public CanonicalPathTests()
    {
        Directory.CreateDirectory(_folder["real/run"]);
        File.CreateSymbolicLink(_folder["absolute"], _folder["real"]);
        File.CreateSymbolicLink(_folder["relative"], "real/run");
        File.CreateSymbolicLink(_folder["real/up"], "../real/./run");
        File.CreateSymbolicLink(_folder["loop"], "loop");
        File.CreateSymbolicLink(_folder["real/run/linked.ctl"], "other.ctl");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("real/run/a.ctl", "real/run/a.ctl", true)]
    [InlineData("real/run/a.ctl", "real//run/./a.ctl", true)]
    [InlineData("real/run/a.ctl", "real/run/../run/a.ctl", true)]
    [InlineData("real/run/a.ctl", "absolute/run/a.ctl", true)]
    [InlineData("real/run/a.ctl", "relative/a.ctl", true)]
    [InlineData("real/run/a.ctl", "absolute/up/a.ctl", true)]
    [InlineData("real/a.ctl", "relative/../a.ctl", true)]
    [InlineData("missing/run/a.ctl", "missing//run/a.ctl", true)]
    [InlineData("real/run/a.ctl", "real/run/b.ctl", false)]
    [InlineData("real/run/a.ctl", "real/a.ctl", false)]
    [InlineData("real/run/linked.ctl", "real/run/other.ctl", false)]
    [InlineData("loop/a.ctl", "real/a.ctl", false)]
    public void Spellings_of_one_file_are_the_same(string one, string other, bool same)
    {
        Assert.Equal(same, CanonicalPath.AreSame(_folder.Path + "/" + one, _folder.Path + "/" + other));
        Assert.Equal(same, CanonicalPath.AreSame(_folder.Path + "/" + other, _folder.Path + "/" + one));
    }

    [Fact]
    public void A_path_that_is_not_absolute_is_the_same_as_none_other()
    {
        Assert.False(CanonicalPath.AreSame("real/a.ctl", "/real/a.ctl"));
        Assert.False(CanonicalPath.AreSame("", "/real/a.ctl"));
    }
}
