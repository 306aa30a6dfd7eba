using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What a thorough monitor looks at, whatever the role, so that people learn of trouble before it comes: open files, certificates, the disk, and files that take long to read.</summary>
internal sealed class Precautions(ActionScope scope, AgentParameters parameters, BothServers servers, ResourceMemory memory)
{
    // ovsdb-server tells nobody: asked for the state of its storage (get-db-storage-status), it says "ok" all the time.
    private const string FullUnderActive =
        "writes of clients fail (I/O error): make room, or move the promotion; if a server here fails, another node takes over";
    private const string FullUnderBackup = "this backup follows no new source and is promoted last: make room";
    private const string NearlyFull = "make room before writes fail";

    /// <summary>Looks at all of them; not in a probe, which finds things out and changes nothing.</summary>
    /// <param name="isPromoted">Whether clients write to the servers here.</param>
    public void Take(bool isPromoted)
    {
        if (scope.Environment.IsProbe)
        {
            return;
        }

        RaiseDescriptorLimits();
        if (isPromoted)
        {
            RaiseListenBacklogs();
        }

        RemindOfCertificates();
        TellOfDisk(isPromoted);
        TellOfHistory();
    }

    /// <summary>Sees to it that both servers may have as many files open as the parameters say.</summary>
    public void RaiseDescriptorLimits()
    {
        foreach (var server in servers.All)
        {
            server.RaiseDescriptorLimit();
        }
    }

    /// <summary>Sees to it that many clients can come back at once; whether both servers listen at all.</summary>
    public bool RaiseListenBacklogs()
    {
        var areRaised = true;
        foreach (var server in servers.All)
        {
            areRaised &= server.RaiseListenBacklog();
        }

        return areRaised;
    }

    private void TellOfDisk(bool isPromoted)
    {
        var disk = DatabaseDisks.Of(parameters);
        var told = memory.ToldOfDisk;
        var kind =
            disk.Trouble is null ? null
            : disk.IsFull ? "full"
            : "nearly full";
        if (kind is null)
        {
            if (told.Exists)
            {
                told.Write(null);
            }
        }
        else if (!told.Says(kind))
        {
            scope.Log.Warning($"{disk.Trouble}; {(disk.IsFull ? isPromoted ? FullUnderActive : FullUnderBackup : NearlyFull)}");
            told.Write(kind);
        }
    }

    // The agent does not compact: a compaction changes the file's time, which decides between copies that are alike in all else, and what that costs depends on the data.
    private void TellOfHistory()
    {
        foreach (var server in servers.All)
        {
            var path = DatabaseFile.Find(parameters, server.Database);
            if (FileHistoryReader.Read(path, server.Paths.Control, scope.Deadline) is not { IsLong: true } history)
            {
                continue;
            }

            var told = memory.ToldOfHistory(server.Database);
            if (!told.Says(path))
            {
                scope.Log.Warning(
                    $"{server.Database.Label}: {path} has {history.Length >> 20} MiB, for data of about {(history.DataLength >> 20) + 1} MiB, and a server that restarts reads all of it; ovsdb-server compacts it within 20 minutes"
                        + $" where the disk has room, or now: ovs-appctl -t {server.Paths.Control} ovsdb-server/compact"
                );
                told.Write(path);
            }
        }
    }

    // Once a day: whoever renews them needs some time, and the log of one node has this for 30 days.
    private void RemindOfCertificates()
    {
        var warnings = CertificateRules.Check(parameters, CertificateRules.ReadFile, scope.Clock.GetUtcNow());
        if (warnings.Count == 0)
        {
            return;
        }

        var reminded = memory.ToldOfCertificates;
        var text = OcfLog.OneLine(string.Join("; ", warnings), 4000);
        if (!reminded.Says(text))
        {
            scope.Log.Warning(text);
            reminded.Write(text);
        }
    }
}
