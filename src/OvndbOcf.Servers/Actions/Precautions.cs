using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What a thorough monitor looks at, whatever the role, so that people learn of trouble before it comes: open files, certificates, the disk, and files that take long to read.</summary>
internal static class Precautions
{
    // ovsdb-server tells nobody: asked for the state of its storage (get-db-storage-status), it says "ok" all the time.
    private const string FullUnderActive =
        "writes of clients fail (I/O error): make room, or move the promotion; if a server here fails, another node takes over";
    private const string FullUnderBackup = "this backup follows no new source and is promoted last: make room";
    private const string NearlyFull = "make room before writes fail";

    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    /// <summary>Looks at all of them; not in a probe, which finds things out and changes nothing.</summary>
    /// <param name="context">The action.</param>
    /// <param name="isPromoted">Whether clients write to the servers here.</param>
    public static void Take(AgentContext context, bool isPromoted)
    {
        if (context.Environment.IsProbe)
        {
            return;
        }

        RaiseDescriptorLimits(context);
        if (isPromoted)
        {
            RaiseListenBacklogs(context);
        }

        RemindOfCertificates(context);
        TellOfDisk(context, isPromoted);
        TellOfHistory(context);
    }

    /// <summary>Sees to it that both servers may have as many files open as the parameters say.</summary>
    public static void RaiseDescriptorLimits(AgentContext context)
    {
        foreach (var server in context.Servers)
        {
            server.RaiseDescriptorLimit();
        }
    }

    /// <summary>Sees to it that many clients can come back at once; whether both servers listen at all.</summary>
    public static bool RaiseListenBacklogs(AgentContext context)
    {
        var areRaised = true;
        foreach (var server in context.Servers)
        {
            areRaised &= server.RaiseListenBacklog();
        }

        return areRaised;
    }

    private static void TellOfDisk(AgentContext context, bool isPromoted)
    {
        var disk = DatabaseDisks.Of(context.Parameters);
        var told = new RecentNote(context.StateDirectory, context.Environment.ResourceName, "disk");
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
            context.Log.Warning($"{disk.Trouble}; {(disk.IsFull ? isPromoted ? FullUnderActive : FullUnderBackup : NearlyFull)}");
            told.Write(kind);
        }
    }

    // The agent does not compact: a compaction changes the file's time, which decides between copies that are alike in all else, and what that costs depends on the data.
    private static void TellOfHistory(AgentContext context)
    {
        foreach (var server in context.Servers)
        {
            var path = DatabaseFile.Find(context.Parameters, server.Database);
            if (FileHistoryReader.Read(path, server.Paths.Control, context.Deadline) is not { IsLong: true } history)
            {
                continue;
            }

            var told = new RecentNote(
                context.StateDirectory,
                context.Environment.ResourceName,
                $"history-{server.Database.Prefix}",
                BetweenReminders
            );
            if (!told.Says(path))
            {
                context.Log.Warning(
                    $"{server.Database.Label}: {path} has {history.Length >> 20} MiB, for data of about {(history.DataLength >> 20) + 1} MiB, and a server that restarts reads all of it; ovsdb-server compacts it within 20 minutes"
                        + $" where the disk has room, or now: ovs-appctl -t {server.Paths.Control} ovsdb-server/compact"
                );
                told.Write(path);
            }
        }
    }

    // Once a day: whoever renews them needs some time, and the log of one node has this for 30 days.
    private static void RemindOfCertificates(AgentContext context)
    {
        var warnings = CertificateRules.Check(context.Parameters, CertificateRules.ReadFile, DateTimeOffset.UtcNow);
        if (warnings.Count == 0)
        {
            return;
        }

        var reminded = new RecentNote(context.StateDirectory, context.Environment.ResourceName, "certificates", BetweenReminders);
        var text = OvndbOcf.Ocf.OcfLog.OneLine(string.Join("; ", warnings), 4000);
        if (!reminded.Says(text))
        {
            context.Log.Warning(text);
            reminded.Write(text);
        }
    }
}
