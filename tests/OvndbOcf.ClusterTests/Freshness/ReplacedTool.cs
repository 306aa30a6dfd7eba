using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>A script in place of a program on some nodes; the program is beside it, as <c>NAME.real</c>. Disposing puts the program back.</summary>
internal sealed class ReplacedTool : IAsyncDisposable
{
    private readonly IReadOnlyList<ClusterNode> nodes;
    private readonly string program;

    private ReplacedTool(IReadOnlyList<ClusterNode> nodes, string program)
    {
        this.nodes = nodes;
        this.program = program;
    }

    /// <summary>Puts the script in place.</summary>
    /// <param name="nodes">Where.</param>
    /// <param name="program">The path of the program.</param>
    /// <param name="script">The whole script.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ReplacedTool> InstallAsync(
        IReadOnlyList<ClusterNode> nodes,
        string program,
        string script,
        CancellationToken cancellationToken
    )
    {
        var tool = new ReplacedTool(nodes, program);
        try
        {
            await Task.WhenAll(nodes.Select(node => InstallAsync(node, program, script, cancellationToken)));
            return tool;
        }
        catch
        {
            await tool.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(
            nodes.Select(node =>
                node.ExecCheckedAsync(
                    ["sh", "-c", $"if [ -e {program}.real ]; then mv -f {program}.real {program}; fi"],
                    cancellationToken: CancellationToken.None
                )
            )
        );

    private static async Task InstallAsync(ClusterNode node, string program, string script, CancellationToken cancellationToken)
    {
        // Next to the real one, then in its place: at no time is there none.
        await node.WriteFileAsync(program + ".script", script, "0755", cancellationToken);
        await node.ExecCheckedAsync(
            ["sh", "-c", $"cp -p {program} {program}.real && mv {program}.script {program}"],
            cancellationToken: cancellationToken
        );
    }
}
