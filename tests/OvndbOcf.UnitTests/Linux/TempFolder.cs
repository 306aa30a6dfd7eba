using System.Diagnostics;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>A directory of a test's own, removed with all that is in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ovndb-unit-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes an executable bash script and returns its path.</summary>
    public string Script(string name, string body)
    {
        Install("/dev/stdin", this[name], "#!/bin/bash\n" + body + "\n");
        return this[name];
    }

    /// <summary>Makes a named pipe that nobody writes to.</summary>
    public async Task PipeAsync(string name)
    {
        using var make = Process.Start("mkfifo", [this[name]]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, make.ExitCode);
    }

    /// <summary>
    /// A script that notes each call as a line with its arguments between bars, then does what the body says. The line is written at once, so that
    /// calls side by side do not mix theirs.
    /// </summary>
    public string RecordingScript(string name, string body = "exit 0") =>
        Script(name, $"printf '%s%s\\n' \"${{0##*/}}\" \"$(printf '|%s' \"$@\")\" >>'{this["calls"]}'\n{body}");

    /// <summary>The calls of all recording scripts in this folder.</summary>
    public string[] Calls => File.Exists(this["calls"]) ? File.ReadAllLines(this["calls"]) : [];

    /// <summary>A copy of the shell under another name, so that its processes have that name.</summary>
    public string ShellNamed(string name)
    {
        if (!File.Exists(this[name]))
        {
            Install("/bin/bash", this[name], "");
        }

        return this[name];
    }

    // By another process: while this one has a program open for writing, a process that another test starts at that moment inherits it, and running
    // the program fails with "text file busy" for as long.
    private static void Install(string source, string target, string input)
    {
        using var install = Process.Start(new ProcessStartInfo("install", ["-m", "700", source, target]) { RedirectStandardInput = true })!;
        install.StandardInput.Write(input);
        install.StandardInput.Close();
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
