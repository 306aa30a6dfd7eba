using System.Text;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>A view as text: what <c>ovndbctl list</c> prints. Pure.</summary>
internal static class ListText
{
    /// <summary>The text.</summary>
    public static string Render(ClusterView view, RenderOptions options)
    {
        var text = new StringBuilder();
        text.Append(Wrap.Lines(Headline(view, options), string.Empty, "  ", options.Width).In(Ink.Bold, options)).Append('\n');
        if (view.Address is { } address)
        {
            text.Append(Wrap.Lines(AddressLine(view, address), string.Empty, "  ", options.Width)).Append('\n');
        }

        text.Append('\n').Append(Table(view, options)).Append('\n');
        AppendAside(text, view, options);
        AppendProblems(text, view.Problems, options);
        return text.ToString();
    }

    /// <summary>The problems, each with its next step.</summary>
    public static void AppendProblems(StringBuilder text, IReadOnlyList<ProblemView> problems, RenderOptions options)
    {
        if (problems.Count == 0)
        {
            text.Append("No problems.".In(Ink.Green, options)).Append('\n');
        }

        foreach (var problem in problems)
        {
            var label = problem.Severity switch
            {
                ProblemSeverity.Critical => "CRITICAL  ",
                ProblemSeverity.Warning => "WARNING   ",
                _ => "NOTE      ",
            };
            var lines = Wrap.Lines(problem.Text, label, "          ", options.Width);
            text.Append(label.In(InkOf(problem.Severity), options)).Append(lines[label.Length..]).Append('\n');
            if (problem.Command is { } command)
            {
                text.Append("          $ ").Append(command).Append('\n');
            }
        }
    }

    private static string Headline(ClusterView view, RenderOptions options)
    {
        var promotion = view.Promotion;
        var number = promotion is null ? string.Empty : $", promotion {Words.Number(promotion.Number)}";
        if (view.Active is { } active)
        {
            return promotion is { Closed: false } && promotion.Node == active
                ? $"{view.Resource}: {active} is active since {Words.Time(promotion.Time, options)} ({Words.Span(view.Time - promotion.Time)}){number}"
                : $"{view.Resource}: {active} is active{number}";
        }

        var last = promotion is null
            ? string.Empty
            : $"; the last was {promotion.Node}{number}, {Words.Time(promotion.Time, options).Replace(' ', Wrap.NoBreak)}";
        return view.PacemakerAnswers ? $"{view.Resource}: nobody is active{last}" : $"{view.Resource}: nobody is known to be active{last}";
    }

    private static string AddressLine(ClusterView view, AddressView address) =>
        (address.Resource, address.Node) switch
        {
            (null, _) => $"Clients connect to {address.Ip}, which no resource of the cluster moves.",
            (var resource, { } node) => $"Clients connect to {address.Ip} ({resource}) on {node}.",
            var (resource, _) when address.IsHere => $"Clients connect to {address.Ip} ({resource}), which this node has.",
            var (resource, _) => view.PacemakerAnswers
                ? $"Clients connect to {address.Ip} ({resource}), which is on no node."
                : $"Clients connect to {address.Ip} ({resource}), and it is not known where that is.",
        };

    private static string Table(ClusterView view, RenderOptions options)
    {
        var table = new TextTable(options, "NODE", "DB", "ROLE", "FROM", "CONNECTED", "SCHEMA", "PROMOTION", "SCORE")
        {
            Right = new HashSet<int> { 6, 7 },
            Flexible = 3,
        };
        foreach (var node in view.Nodes)
        {
            AddDatabase(table, node.IsLocal ? node.Name + " (here)" : node.Name, "NB", node.Northbound, ScoreCell(node));
            AddDatabase(table, string.Empty, "SB", node.Southbound, string.Empty);
            table.AddLine(Wrap.Lines(node.Reason + Since(node, view.Time) + RowsDiffering(node) + Northd(node), "  ", "  ", options.Width));
        }

        return table.ToString();
    }

    private static string Since(NodeView node, DateTimeOffset now) =>
        node.ConnectedSince is { } since ? $"; connected for {Words.Span(now - since)}" : string.Empty;

    private static string RowsDiffering(NodeView node) =>
        node is { Northbound.RowsDiffering: null, Southbound.RowsDiffering: null }
            ? string.Empty
            : $"; rows that differ: {RowsDiffering(node.Northbound)} of NB, {RowsDiffering(node.Southbound)} of SB";

    private static string RowsDiffering(DatabaseView database) =>
        database.RowsDiffering is { } rows ? Words.Number(rows) : "an unknown number";

    private static string Northd(NodeView node) => node.Northd is { } words ? $"; ovn-northd {words}" : string.Empty;

    private static void AddDatabase(TextTable table, string name, string label, DatabaseView database, Cell score) =>
        table.Add(
            new Cell(name, Ink.Bold),
            label,
            RoleCell(database.Role),
            database.Source ?? "-",
            database.Connected switch
            {
                true => new Cell("yes", Ink.Green),
                false => new Cell("no", Ink.Yellow),
                null => "-",
            },
            database.Schema ?? "-",
            Words.Number(database.Promotion),
            score
        );

    private static Cell ScoreCell(NodeView node) => new(Words.Score(node.Score), node is { IsPromotable: false } ? Ink.Red : Ink.Plain);

    private static Cell RoleCell(DatabaseRole role) =>
        role switch
        {
            DatabaseRole.Active => new Cell("active", Ink.Green),
            DatabaseRole.Backup => "backup",
            DatabaseRole.Busy => new Cell("busy", Ink.Yellow),
            DatabaseRole.Hung => new Cell("hung", Ink.Red),
            DatabaseRole.Stopped => new Cell("stopped", Ink.Yellow),
            _ => "-",
        };

    private static void AppendAside(StringBuilder text, ClusterView view, RenderOptions options)
    {
        if (
            view.Nodes.FirstOrDefault(node => node.IsLocal) is { } here
            && (here.Northbound.SetAside ?? 0) + (here.Southbound.SetAside ?? 0) > 0
        )
        {
            text.Append(
                    Wrap.Lines(
                        $"Set aside on {here.Name}: {here.Northbound.SetAside ?? 0} of NB, {here.Southbound.SetAside ?? 0} of SB; 'ovndbctl snapshots list' shows them.",
                        string.Empty,
                        "  ",
                        options.Width
                    )
                )
                .Append('\n');
        }
    }

    private static Ink InkOf(ProblemSeverity severity) =>
        severity switch
        {
            ProblemSeverity.Critical => Ink.Red,
            ProblemSeverity.Warning => Ink.Yellow,
            _ => Ink.Faint,
        };
}
