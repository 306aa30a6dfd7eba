using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class PidFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("64\n", 64)]
    [InlineData("64", 64)]
    [InlineData("  64 \n\n", 64)]
    [InlineData("2147483647\n", 2147483647)]
    public void The_id_is_read(string text, int id) => Assert.Equal(id, ProcessTable.ReadPidFile(_folder.Write("pid", text)));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("0\n")]
    [InlineData("-64\n")]
    [InlineData("+64\n")]
    [InlineData("0x40\n")]
    [InlineData("64 65\n")]
    [InlineData("64\n65\n")]
    [InlineData("sixty-four\n")]
    [InlineData("6\u00004\n")]
    [InlineData("64\u0000")]
    [InlineData("2147483648\n")]
    [InlineData("99999999999999999999999999\n")]
    public void Anything_else_names_nobody(string text) => Assert.Null(ProcessTable.ReadPidFile(_folder.Write("pid", text)));

    [Fact]
    public void A_missing_file_names_nobody()
    {
        Assert.Null(ProcessTable.ReadPidFile(_folder["no.pid"]));
        Assert.Null(ProcessTable.ReadPidFile(Path.Combine(_folder["no directory"], "no.pid")));
        Assert.Null(ProcessTable.ReadPidFile(Path.Combine(_folder.Write("file", ""), "no.pid")));
    }

    [Fact]
    public void A_directory_names_nobody() => Assert.Null(ProcessTable.ReadPidFile(_folder.Path));

    [Fact]
    public void A_huge_file_names_nobody_and_is_not_read_to_its_end()
    {
        using (var file = File.Create(_folder["pid"]))
        {
            file.SetLength(1L << 40);
        }

        Assert.Null(ProcessTable.ReadPidFile(_folder["pid"]));
    }

    [Fact]
    public void Bytes_that_are_no_text_name_nobody()
    {
        File.WriteAllBytes(_folder["pid"], [0xff, 0xfe, 0x36, 0x34]);
        Assert.Null(ProcessTable.ReadPidFile(_folder["pid"]));
    }

    [Fact(Timeout = 20000)]
    public async Task Nobody_waits_for_a_named_pipe()
    {
        await _folder.PipeAsync(_folder["pid"]);
        Assert.Null(await Task.Run(() => ProcessTable.ReadPidFile(_folder["pid"]), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_without_end_names_nobody() => Assert.Null(ProcessTable.ReadPidFile("/dev/zero"));
}
