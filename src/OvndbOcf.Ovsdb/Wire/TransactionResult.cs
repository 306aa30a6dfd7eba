using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Wire;

/// <summary>What became of a transaction: all of its operations took effect, or none (RFC 7047, section 4.1.3).</summary>
public sealed class TransactionResult
{
    private TransactionResult(IReadOnlyList<OperationResult> operations, OvsdbError? error)
    {
        Operations = operations;
        Error = error;
    }

    /// <summary>One result an operation, in their order.</summary>
    public IReadOnlyList<OperationResult> Operations { get; }

    /// <summary>
    /// Why nothing was committed: the error of the operation that failed, or of the commit after all of them succeeded. Null if the
    /// transaction was committed.
    /// </summary>
    public OvsdbError? Error { get; }

    /// <summary>Whether the transaction took effect.</summary>
    public bool Committed => Error is null;

    /// <summary>Reads the result member of the reply to a transaction of so many operations; null if it has another shape.</summary>
    internal static TransactionResult? Read(JsonNode? node, int operations)
    {
        if (node is not JsonArray array || array.Count < operations)
        {
            return null;
        }

        var results = new List<OperationResult>(operations);
        OvsdbError? error = null;
        for (var i = 0; i < array.Count; i++)
        {
            if (OperationResult.Read(array[i]) is not { } result)
            {
                return null;
            }

            error ??= result.Error;
            if (i < operations)
            {
                results.Add(result);
            }
        }

        return new TransactionResult(results, error);
    }
}
