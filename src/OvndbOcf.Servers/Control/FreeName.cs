using System.Globalization;

namespace OvndbOcf.Servers.Control;

/// <summary>Names for files that must not replace others.</summary>
public static class FreeName
{
    /// <summary>That name, or where something has it already, one that begins with it.</summary>
    public static string Like(string name) =>
        Enumerable
            .Range(0, int.MaxValue)
            .Select(number => number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"))
            .First(candidate => !Path.Exists(candidate));
}
