using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Writes rows to a server.</summary>
internal static class RowWriter
{
    // A whole database may be in it.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Carries operations out as one transaction, which is on disk then.</summary>
    /// <returns>Why nothing was written; null if all was.</returns>
    /// <exception cref="CtlException">There was no answer: it may have been written.</exception>
    public static OvsdbError? Write(OvsdbEndpoint endpoint, string database, IEnumerable<JsonObject> operations, string comment)
    {
        var deadline = Deadline.After(WriteTimeout);
        try
        {
            using var client = OvsdbClient.Connect(endpoint, deadline);
            return client
                .Transact(database, [.. operations, OvsdbOperation.Comment(comment), OvsdbOperation.DurableCommit()], deadline)
                .Error;
        }
        catch (OvsdbCallException exception) when (exception.Failure == CallFailure.ErrorReply)
        {
            return exception.Error;
        }
        catch (OvsdbCallException exception) when (exception.Failure is CallFailure.CannotConnect or CallFailure.LocalFailure)
        {
            throw new CtlException(
                $"the server at {endpoint} cannot be reached, so nothing was written: {exception.Message}",
                ExitStatus.Refused
            );
        }
        catch (OvsdbCallException exception)
        {
            throw new CtlException(
                $"the server at {endpoint} did not answer ({exception.Message}): whether it was written is not known; look with ovndbctl snapshots diff",
                ExitStatus.NotDone
            );
        }
    }
}
