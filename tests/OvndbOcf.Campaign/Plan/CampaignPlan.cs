using OvndbOcf.Campaign.Faults;

namespace OvndbOcf.Campaign.Plan;

/// <summary>
/// Decides what happens in a campaign, from the seed alone. Each trial has random numbers of its own, so a trial is the same however many others
/// there are, and whichever of them were done before.
/// </summary>
internal static class CampaignPlan
{
    private const double Double = 0.25;
    private static readonly TimeSpan MaxApart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxPhase = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The trial with the number. The kinds come in rounds, each of them once a round, in an order that the seed decides: a short campaign has as many kinds
    /// as possible. A quarter of the trials has a second fault.
    /// </summary>
    /// <param name="seed">The campaign's seed.</param>
    /// <param name="number">Counted from 1.</param>
    /// <param name="kinds">The kinds that may come.</param>
    public static PlannedTrial Trial(int seed, int number, IReadOnlyList<FaultKind> kinds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var (round, place) = Math.DivRem(number - 1, kinds.Count);
        var order = kinds.ToArray();
        Numbers(seed, -round).Shuffle(order);
        var random = Numbers(seed, number);
        var first = Place(order[place], random);
        var second = kinds[random.Next(kinds.Count)];
        var isDouble = random.NextDouble() < Double && MayMeet(order[place], second);
        return new PlannedTrial(
            number,
            isDouble ? [first, Place(second, random)] : [first],
            MaxApart * random.NextDouble(),
            MaxPhase * random.NextDouble()
        );
    }

    /// <summary>
    /// Two nodes lost at once are more than a cluster of three can bear, a kind that is already there adds nothing, and some kinds come alone.
    /// </summary>
    private static bool MayMeet(FaultKind first, FaultKind second) =>
        first.Name != second.Name
        && !first.Alone
        && !second.Alone
        && !(first.Class == Report.FaultClass.NodeLoss && second.Class == Report.FaultClass.NodeLoss);

    private static PlannedFault Place(FaultKind kind, Random random)
    {
        var (active, choice) = (random.NextDouble() < 0.7, random.NextDouble());
        return new PlannedFault(kind.Name, kind.Only ?? (active ? FaultTarget.Active : FaultTarget.Backup), choice);
    }

    // The algorithm of a seeded System.Random is part of its contract; the hash of System.HashCode is not.
    private static Random Numbers(int seed, int number) => new(unchecked((seed * 1_000_003) + number));
}
