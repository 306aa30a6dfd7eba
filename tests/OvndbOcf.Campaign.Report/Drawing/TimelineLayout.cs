namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>Where everything on the picture of a timeline is, in the picture's own unit; the browser scales it to the page.</summary>
internal sealed class TimelineLayout
{
    /// <summary>How wide the picture is.</summary>
    public const double Width = 1400;

    /// <summary>Where time begins; the names of the nodes are left of it.</summary>
    public const double Left = 170;

    /// <summary>Where time ends.</summary>
    public const double Right = Width - 40;

    /// <summary>The size of all letters.</summary>
    public const double FontSize = 20;

    /// <summary>How high the bar of a role is.</summary>
    public const double RoleHeight = 34;

    /// <summary>How high the bar of the address is, below that of the role.</summary>
    public const double AddressHeight = 12;

    /// <summary>From the top of a lane to that of the next one.</summary>
    public const double LaneHeight = 66;

    /// <summary>How high a row of labels is.</summary>
    public const double LabelHeight = 32;

    private readonly int rows;

    /// <summary>The layout for a timeline.</summary>
    public TimelineLayout(Timeline timeline)
    {
        Scale = new TimeScale(timeline.Length, Left, Right);
        Labels = MomentLabels.Place(timeline.Moments, Scale, Left, Width - 4, FontSize);
        rows = Labels.Select(label => label.Row + 1).DefaultIfEmpty(0).Max();
        Client = LaneTop(timeline.Lanes.Count);
    }

    /// <summary>Where a time is.</summary>
    public TimeScale Scale { get; }

    /// <summary>The labels of the moments.</summary>
    public IReadOnlyList<MomentLabel> Labels { get; }

    /// <summary>The top of the client's lane, which comes after those of the nodes.</summary>
    public double Client { get; }

    /// <summary>Where the lanes end and the time axis is.</summary>
    public double Axis => Client + RoleHeight + 12;

    /// <summary>How high the picture is.</summary>
    public double Height => Axis + 40;

    /// <summary>The top of a row of labels.</summary>
    public static double LabelTop(int row) => 4 + (row * LabelHeight);

    /// <summary>The top of a node's lane.</summary>
    public double LaneTop(int lane) => LabelTop(rows) + 10 + (lane * LaneHeight);
}
