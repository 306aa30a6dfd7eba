using System.Globalization;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Linux;

namespace OvndbOcf.Ctl.Moving;

/// <summary>
/// The preference by which Pacemaker moves the promoted instance to a node, with a lifetime, so that it ends even where this process is killed. What others set meanwhile is not touched at its end.
/// </summary>
internal sealed class Preference(ClusterTools tools, string clone, string node)
{
    private const int TriesToEnd = 3;

    // CRM_EX_USAGE: such as of an option that crm_resource does not know.
    private const int WrongUsage = 64;

    // CRM_EX_NOSUCH: nothing in the configuration matches.
    private const int NoSuch = 105;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // "crm_resource --clear" removes bans, too: without a node all of the resource, with one those of that node. With a lifetime the node is in a rule; a move by a person has none as a rule.
    private readonly string _path =
        $"//rsc_location[@id='cli-prefer-{clone}'][rule[date_expression]/expression[@attribute='#uname' and @value='{node}']]";

    /// <summary>The command by which a person ends it.</summary>
    public string CommandToEnd => $"cibadmin --delete --xpath \"{_path}\"";

    /// <summary>Sets it.</summary>
    /// <param name="lifetime">When it ends by itself.</param>
    public async Task<CommandResult> SetAsync(TimeSpan lifetime)
    {
        var asked = await SetAsync("--promoted", lifetime).ConfigureAwait(false);

        // Before Pacemaker 2.1 the role had another name.
        return asked is { End: CommandEnd.Exited, ExitCode: WrongUsage }
            ? await SetAsync("--master", lifetime).ConfigureAwait(false)
            : asked;
    }

    /// <summary>Ends it; whether it is gone.</summary>
    public async Task<bool> EndAsync()
    {
        for (var i = 0; i < TriesToEnd; i++)
        {
            await tools.RunAsync("cibadmin", "--delete", "--xpath", _path).ConfigureAwait(false);
            var left = await tools.RunAsync("cibadmin", "--query", "--xpath", _path).ConfigureAwait(false);
            if (left is { End: CommandEnd.Exited, ExitCode: NoSuch })
            {
                return true;
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    private Task<CommandResult> SetAsync(string role, TimeSpan lifetime) =>
        tools.RunAsync(
            "crm_resource",
            "--move",
            "--resource",
            clone,
            "--node",
            node,
            role,
            "--lifetime",
            string.Create(CultureInfo.InvariantCulture, $"PT{(int)lifetime.TotalSeconds}S")
        );
}
