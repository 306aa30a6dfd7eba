using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>The action was killed at a call.</summary>
internal sealed class KilledException : Exception;

/// <summary>What an action asked of servers and cluster, in order. It can be told to have a call fail, or to have the action killed before one.</summary>
internal sealed class Journal
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly HashSet<string> _failing = [];
    private bool _isKilled;

    /// <summary>The call before which the action is killed; null for none.</summary>
    public string? KilledBefore { get; init; }

    /// <summary>All calls that were made.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Has that call fail, whenever it is made.</summary>
    public void Fail(string call) => _failing.Add(call);

    /// <summary>Takes down a call; whether it succeeds. Once the action has been killed, nothing more happens.</summary>
    public bool Note(string call)
    {
        lock (_lock)
        {
            _isKilled |= call == KilledBefore;
            if (_isKilled)
            {
                throw new KilledException();
            }

            _calls.Add(call);
            return !_failing.Contains(call);
        }
    }

    /// <summary>Asserts that these calls were made, one after the other, each once.</summary>
    public void AssertOrder(params string[] calls)
    {
        var made = Calls;
        Assert.Equal(calls, made.Where(calls.Contains));
    }
}
