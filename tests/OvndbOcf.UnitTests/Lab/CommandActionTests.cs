using System.CommandLine;
using OvndbOcf.Lab;
using Xunit;

namespace OvndbOcf.UnitTests.Lab;

public sealed class CommandActionTests : IDisposable
{
    private const int Failed = 2;
    private readonly StringWriter _error = new();

    public static TheoryData<Exception> Failures =>
        [
            new InvalidOperationException("no node"),
            new TimeoutException("no node"),
            new FormatException("no node"),
            new IOException("no node"),
        ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task What_the_action_returns_is_the_exit_status(int status)
    {
        Assert.Equal(status, await InvokeAsync(_ => Task.FromResult(status)));
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_told_and_has_the_commands_own_status(Exception failure)
    {
        Assert.Equal(Failed, await InvokeAsync(_ => throw failure));
        Assert.Equal("error: no node\n", _error.ToString());
    }

    [Fact]
    public async Task Stopped_is_stopped_whatever_fails_because_of_it()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(
            130,
            await InvokeAsync(
                _ =>
                {
                    source.Cancel();
                    throw new ArgumentException("the node is gone");
                },
                source.Token
            )
        );
        Assert.Equal("stopped; goes on\n", _error.ToString());
    }

    [Fact]
    public async Task An_action_that_gives_up_as_it_was_told_is_stopped()
    {
        Assert.Equal(130, await InvokeAsync(_ => throw new TaskCanceledException()));
        Assert.Equal("stopped; goes on\n", _error.ToString());
    }

    [Fact]
    public async Task What_nobody_expected_is_not_hidden() =>
        await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync(_ => throw new ArgumentException("a mistake in the program")));

    public void Dispose() => _error.Dispose();

    private Task<int> InvokeAsync(Func<CancellationToken, Task<int>> action, CancellationToken? cancellation = null)
    {
        var command = new RootCommand();
        command.Runs((_, own) => action(own), Failed, "stopped; goes on");
        var configuration = new InvocationConfiguration { Error = _error, EnableDefaultExceptionHandler = false };
        return command.Parse([]).InvokeAsync(configuration, cancellation ?? TestContext.Current.CancellationToken);
    }
}
