using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class PortListenerTests
{
    [Theory]
    [InlineData(
        "   0: 00000000:19F1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0",
        "0.0.0.0:6641 4711"
    )]
    [InlineData(
        "   0: 0200000A:19F1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0",
        "10.0.0.2:6641 4712"
    )]
    [InlineData("   0: 0200000A:19F1 0300000A:0102 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100 0 0 10 0", null)]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", null)]
    [InlineData("", null)]
    public void The_kernels_table_tells_who_listens(string line, string? listener) =>
        Assert.Equal(listener, PortListener.Parse(line) is { } found ? $"{found.Local} {found.Inode}" : null);
}
