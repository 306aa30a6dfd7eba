using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What a thorough monitor looks at, whatever the role, so that people learn of trouble before it comes: open files and certificates.</summary>
internal static class Precautions
{
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    /// <summary>Looks at both; not in a probe, which finds things out and changes nothing.</summary>
    public static void Take(AgentContext context)
    {
        if (context.Environment.IsProbe)
        {
            return;
        }

        RaiseDescriptorLimits(context);
        RemindOfCertificates(context);
    }

    /// <summary>Sees to it that both servers may have as many files open as the parameters say.</summary>
    public static void RaiseDescriptorLimits(AgentContext context)
    {
        foreach (var server in context.Servers)
        {
            server.RaiseDescriptorLimit();
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
