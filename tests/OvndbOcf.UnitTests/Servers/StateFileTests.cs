using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class StateFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private StateFile State => new(_folder.Path, "ovndb", "steady");

    private string FilePath => _folder["ovndb-servers-ovndb.steady"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Assert.True(State.Write("text"));
        Assert.Equal("text", State.Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".new")]
    public void A_link_in_its_place_is_neither_read_nor_written_through(string suffix)
    {
        var target = _folder.Write("target", "precious");
        File.CreateSymbolicLink(FilePath + suffix, target);
        Assert.Null(State.Read());
        Assert.True(State.Write("text"));
        Assert.Equal("text", State.Read());
        Assert.Null(new FileInfo(FilePath).LinkTarget);
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public void Removing_it_removes_a_link_and_not_its_target()
    {
        var target = _folder.Write("target", "precious");
        File.CreateSymbolicLink(FilePath, target);
        Assert.True(State.Delete());
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact(Timeout = 20000)]
    public async Task Nobody_waits_for_a_named_pipe()
    {
        await _folder.PipeAsync(FilePath);
        Assert.Null(await Task.Run(State.Read, TestContext.Current.CancellationToken));
        Assert.True(State.Write("text"));
        Assert.Equal("text", State.Read());
    }

    [Fact]
    public void What_is_too_long_or_no_file_counts_as_nothing()
    {
        File.WriteAllText(FilePath, new string('x', 65536));
        Assert.Equal(65536, State.Read()!.Length);
        File.AppendAllText(FilePath, "x");
        Assert.Null(State.Read());
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        Assert.Null(State.Read());
        Assert.False(State.Write("text"));
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b")]
    [InlineData("$(reboot);`id`\n")]
    public void Whatever_the_resource_is_called_its_file_is_in_the_directory(string resource)
    {
        Assert.True(new StateFile(_folder.Path, resource, "steady").Write("text"));
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal("text", new StateFile(_folder.Path, resource, "steady").Read());
    }

    [Fact]
    public void A_disconnection_recorded_behind_a_link_begins_anew()
    {
        var target = _folder.Write("target", "1");
        File.CreateSymbolicLink(_folder["ovndb-servers-ovndb.disconnected"], target);
        Assert.Equal(TimeSpan.Zero, new ConditionTimer(new StateFile(_folder.Path, "ovndb", "disconnected")).Update(holds: true));
        Assert.Equal("1", File.ReadAllText(target));
    }

    [Theory]
    [InlineData("17", 17L, null)]
    [InlineData("17\n", 17L, "")]
    [InlineData("17\none\ntwo", 17L, "one\ntwo")]
    public void A_time_comes_before_the_text(string content, long time, string? text)
    {
        Assert.True(State.Write(time, text));
        Assert.Equal(content, State.Read());
        Assert.Equal((time, text), State.ReadTimed());
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("-1\ntext")]
    [InlineData("17 \ntext")]
    [InlineData("17\r\ntext")]
    [InlineData("99999999999999999999\ntext")]
    public void Without_a_time_nothing_is_understood(string content)
    {
        Assert.True(State.Write(content));
        Assert.Null(State.ReadTimed());
    }
}
