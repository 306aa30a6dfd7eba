namespace OvndbOcf.Simulation.Fencing;

/// <summary>Something that was asked of the power switch.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Action">Such as <c>reboot</c>.</param>
/// <param name="Node">The node.</param>
/// <param name="Failure">Why it could not be done; null if it was.</param>
public sealed record PowerEvent(DateTimeOffset At, string Action, string Node, string? Failure);
