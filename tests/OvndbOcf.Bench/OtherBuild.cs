namespace OvndbOcf.Bench;

/// <summary>Another build of the agent, such as the one before a change.</summary>
/// <param name="Name">What the figures call it.</param>
/// <param name="Executable">The executable's path on this machine.</param>
internal sealed record OtherBuild(string Name, string Executable)
{
    /// <summary>Where it is on a node, while it is measured.</summary>
    public string PathOnNode => $"/tmp/beside-{Name}";

    /// <summary>Reads <c>NAME=PATH</c>; null if that is not one, or there is no such file.</summary>
    public static OtherBuild? Parse(string text) =>
        text.Split('=', 2) is [var name, var path] && name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) && File.Exists(path)
            ? new OtherBuild(name, path)
            : null;
}
