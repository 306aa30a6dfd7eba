namespace OvndbOcf.Linux;

/// <summary>The signals that the agent sends (signal(7), numbers of Linux).</summary>
public enum Signal
{
    /// <summary>Ends a process that cannot be asked any more.</summary>
    Kill = 9,

    /// <summary>Asks a process to end.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,
}
