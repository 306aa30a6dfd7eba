using System.Globalization;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

[Collection(OneAtATime.Name)]
public sealed class DescriptorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task The_limit_of_a_process_is_raised_as_far_as_permitted_and_never_lowered()
    {
        using var daemon = await FakeDaemon.StartLimitedAsync(_folder, "ovsdb-server", soft: 64, hard: 128);
        var process = daemon.Snapshot.Id;
        Assert.Equal(64, DescriptorLimit.Read(process));
        Assert.Equal(100, DescriptorLimit.Raise(process, 100));
        Assert.Equal(100, DescriptorLimit.Raise(process, 50));

        // Whether more than the hard limit is permitted depends on the privileges of whoever runs the test.
        Assert.InRange(DescriptorLimit.Raise(process, 200) ?? 0, 128, 200);
        Assert.Equal(await OfKernelAsync(process), DescriptorLimit.Read(process));
    }

    [Fact]
    public void A_process_that_does_not_exist_has_no_limit_and_uses_nothing()
    {
        Assert.Null(DescriptorLimit.Read(int.MaxValue));
        Assert.Null(DescriptorLimit.Raise(int.MaxValue, 100));
        Assert.Null(DescriptorUse.Of(int.MaxValue));
    }

    [Fact(Timeout = 20000)]
    public async Task What_a_process_uses_is_counted()
    {
        using var daemon = await FakeDaemon.StartLimitedAsync(_folder, "ovsdb-server", soft: 64, hard: 128);
        var use = DescriptorUse.Of(daemon.Snapshot.Id)!;
        Assert.Equal(64, use.Limit);
        Assert.InRange(use.Used, 3, 10);
        Assert.False(use.IsNearlyExhausted);
    }

    [Theory]
    [InlineData(0, 1024, false, false)]
    [InlineData(921, 1024, false, false)]
    [InlineData(922, 1024, true, false)]
    [InlineData(1021, 1024, true, false)]
    [InlineData(1022, 1024, true, true)]
    [InlineData(1024, 1024, true, true)]
    [InlineData(2000, 1024, true, true)]
    [InlineData(5, long.MaxValue, false, false)]
    public void Nearly_exhausted_begins_at_nine_tenths(int used, long limit, bool nearly, bool exhausted)
    {
        var use = new DescriptorUse(used, limit);
        Assert.Equal((nearly, exhausted), (use.IsNearlyExhausted, use.IsExhausted));
    }

    private static async Task<long> OfKernelAsync(int process)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{process}/limits", TestContext.Current.CancellationToken);
        return long.Parse(
            lines
                .Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
            CultureInfo.InvariantCulture
        );
    }
}
