namespace OvndbOcf.Linux;

/// <summary>Paths that are spelled differently and mean the same file.</summary>
public static class CanonicalPath
{
    // As the kernel has it (path_resolution(7)).
    private const int MostLinks = 40;

    /// <summary>Whether two absolute paths name the same file in the same directory. The files need not exist; a link in their own place is not followed.</summary>
    public static bool AreSame(string one, string other) =>
        one == other
        || (one.StartsWith('/') && other.StartsWith('/') && Path.GetFileName(one) == Path.GetFileName(other) && Of(one) == Of(other));

    /// <summary>The path with its directory's links resolved, as far as it exists, and without <c>//</c>, <c>.</c> and <c>..</c>.</summary>
    public static string Of(string path)
    {
        var name = Path.GetFileName(path);
        var resolved = "/";
        var rest = new Stack<string>();
        Push(rest, Path.GetDirectoryName(path) ?? "/");
        for (var links = 0; rest.TryPop(out var part); )
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            var next = Path.Combine(resolved, part);
            if (links < MostLinks && LinkTarget(next) is { Length: > 0 } target)
            {
                links++;
                resolved = target[0] == '/' ? "/" : resolved;
                Push(rest, target);
                continue;
            }

            resolved = next;
        }

        return Path.Combine(resolved, name);
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            if (part is not ("" or "."))
            {
                rest.Push(part);
            }
        }
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
