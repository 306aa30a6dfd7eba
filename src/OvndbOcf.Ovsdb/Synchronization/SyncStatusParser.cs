namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>Reads a sync-status line by line, by the words that lines begin with.</summary>
internal sealed class SyncStatusParser
{
    private readonly Dictionary<string, DatabaseSyncStatus> _databases = [];
    private string? _database;
    private DatabaseSyncStatus _block = DatabaseSyncStatus.Unknown;
    private DatabaseSyncStatus _server = DatabaseSyncStatus.Unknown;
    private bool _hasBlocks;
    private bool _started;
    private bool _stated;

    public static SyncStatus Parse(string text)
    {
        var parser = new SyncStatusParser();
        // By the server's line ends alone: an error text or a name may hold what else ends lines in Unicode.
        var rest = text.AsSpan();
        foreach (var line in rest.Split('\n'))
        {
            parser.Read(rest[line].Trim());
        }

        parser.EndBlock();
        return new SyncStatus(parser._databases, parser._server);
    }

    private void Read(ReadOnlySpan<char> line)
    {
        if (After(line, "database:", out var value))
        {
            Database(value);
        }
        else if (After(line, "state:", out value))
        {
            State(value);
        }
        else if (After(line, "replicating:", out value))
        {
            Set(Replication.Replicating, value, error: default);
        }
        else if (After(line, "connecting:", out value))
        {
            Set(Replication.Connecting, value, error: default);
        }
        else if (After(line, "not connected to", out value))
        {
            Set(Replication.NotConnected, value, error: default);
        }
        else if (After(line, "Replication to", out value))
        {
            Failed(value);
        }
    }

    /// <summary>Before any state, the name opens a block; after the state of the whole server, it belongs to a list.</summary>
    private void Database(ReadOnlySpan<char> names)
    {
        if (!_started || _hasBlocks)
        {
            EndBlock();
            _hasBlocks = true;
            _started = true;
            _database = names.ToString();
            return;
        }

        foreach (var range in names.Split(','))
        {
            var name = names[range].Trim();
            if (!name.IsEmpty)
            {
                _databases[name.ToString()] = _block;
            }
        }
    }

    /// <summary>An answer that says it twice may contradict itself, and then says nothing.</summary>
    private void State(ReadOnlySpan<char> role)
    {
        _started = true;
        _block = role switch
        {
            _ when _stated => DatabaseSyncStatus.Unknown,
            "active" => new DatabaseSyncStatus(SyncRole.Active, Replication.None, null, null),
            "backup" => new DatabaseSyncStatus(SyncRole.Backup, Replication.Unknown, null, null),
            _ => DatabaseSyncStatus.Unknown,
        };
        _stated = true;
    }

    /// <summary>Takes <c>(REMOTE) failed</c>, after which <c>: REASON</c> may follow.</summary>
    private void Failed(ReadOnlySpan<char> text)
    {
        const string Closing = ") failed";
        var end = text.IndexOf(Closing);
        if (end > 0 && text[0] == '(')
        {
            Set(Replication.Failed, text[1..end], text[(end + Closing.Length)..].TrimStart(": "));
        }
    }

    private void Set(Replication replication, ReadOnlySpan<char> remote, ReadOnlySpan<char> error)
    {
        if (_block.Role == SyncRole.Backup)
        {
            _block = _block with { Replication = replication, Remote = Text(remote), Error = Text(error) };
        }
    }

    private void EndBlock()
    {
        if (_database is { } name)
        {
            _databases[name] = _databases.ContainsKey(name) ? DatabaseSyncStatus.Unknown : _block;
        }
        else if (!_hasBlocks)
        {
            // Where databases are listed, one that is not shares the role but is not among those replicated.
            _server = _databases.Count == 0 || _block.Role != SyncRole.Backup ? _block : _block with { Replication = Replication.Unknown };
        }

        _database = null;
        _stated = false;
        _block = DatabaseSyncStatus.Unknown;
    }

    private static string? Text(ReadOnlySpan<char> text) => text.IsEmpty ? null : text.ToString();

    private static bool After(ReadOnlySpan<char> line, string key, out ReadOnlySpan<char> value)
    {
        var found = line.StartsWith(key, StringComparison.Ordinal);
        value = found ? line[key.Length..].Trim() : default;
        return found;
    }
}
