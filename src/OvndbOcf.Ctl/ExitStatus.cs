namespace OvndbOcf.Ctl;

/// <summary>The exit statuses of <c>ovndbctl</c>. The first four are those of Nagios' plugins.</summary>
internal static class ExitStatus
{
    /// <summary>All is well, or what was asked is done.</summary>
    public const int Ok = 0;

    /// <summary>Clients are served, and something wants attention.</summary>
    public const int Warning = 1;

    /// <summary>Clients are not served, or might be served by two nodes.</summary>
    public const int Critical = 2;

    /// <summary>Too little could be found out.</summary>
    public const int Unknown = 3;

    /// <summary>Refused; nothing was changed.</summary>
    public const int Refused = 4;

    /// <summary>Begun, and not done in time.</summary>
    public const int NotDone = 5;

    /// <summary>The command line cannot be understood (EX_USAGE of sysexits(3)).</summary>
    public const int Usage = 64;

    /// <summary>Ended by Ctrl-C, SIGTERM or SIGHUP.</summary>
    public const int Interrupted = 130;
}
