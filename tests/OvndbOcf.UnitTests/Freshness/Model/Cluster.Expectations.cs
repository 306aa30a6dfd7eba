using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>What has to hold, whatever happens.</summary>
internal sealed partial class Cluster
{
    private readonly Entry?[] _lastActiveData = [null, null];
    private Node? _lastActive;

    /// <summary>Whether the record is not what the agents made it, and nobody has put it right yet.</summary>
    private bool _isForged;

    /// <summary>Whether the markers in the active databases are not what the agent made them, or no copy has that of the promotion on record.</summary>
    private bool _isTampered;

    /// <summary>Whether the record, and the data, were not to be relied on when the latest promotion began: what it made of them stays.</summary>
    private bool _beganForged,
        _beganTampered;

    /// <summary>
    /// With a majority of the nodes and, among them, the last active one's copy or one that was connected for as long as that one lived, somebody is
    /// promoted after no more attempts than there are nodes, once those that gave way to a node that left have forgotten it: that takes a minute, or
    /// 20 attempts.
    /// </summary>
    public void ExpectPromotionIfPossible()
    {
        (_isAttributeDaemonSilent, _isConfigurationUnreadable) = (false, false);
        Array.ForEach(_nodes, node => node.IsBanned = false);

        // Where the active server died before its next monitor with a restored backup in it, or with another node's promotion on record that is in no copy, a person has to decide.
        if (_isTampered)
        {
            return;
        }

        if (_active is not null || !HasQuorum || !Array.Exists(_nodes, IsFit))
        {
            return;
        }

        for (var round = 0; round < _nodes.Length + 20 && _active is null; round++)
        {
            _now += TimeSpan.FromSeconds(3);
            Round(round, 7);
        }

        Expect(_active is not null, "somebody is promoted where somebody can be");
        _tally.Rescue();
    }

    /// <summary>
    /// A copy that counts as the last active's, or as complete, holds every write that was ever acknowledged in the latest promotion on record. One
    /// that counts as current holds everything that had been acknowledged when the active instance's monitor last ran and knew, or could know by what
    /// the node had published, that the node was not connected. And no node is online with a copy that may be promoted, holds all of the chosen one's
    /// writes and more, and was last changed later by more than the guard's tolerance. Exempt from the latter is a node whose own promotion was
    /// interrupted before it was on record: it counts as promoted, and nobody has written since; and one whose node is not able to take a promotion.
    /// Where the latest promotion began without the true record, a copy of a node that was not there then may have a greater number: whether that is
    /// of a promotion before, or of a later one whose record was taken away, its marker does not tell.
    /// </summary>
    private void ExpectRightChoice(Node chosen, NodeClaim mine)
    {
        if (_record is null || _isForged || _isTampered)
        {
            ExpectBestOnline(chosen);
            return;
        }

        var isAhead = Array.Exists(chosen.Copies, copy => copy?.Marker?.Number > _record.Marker.Number);
        if (mine.Copy is CopyState.LastActive or CopyState.Complete && !isAhead)
        {
            Expect(HasEverything(chosen), $"{chosen.Name} as {mine.Copy} holds everything");
        }

        for (var database = 0; database < 2; database++)
        {
            Expect(
                chosen == _lastActive
                    || (isAhead && _beganForged && chosen.WasUnseen)
                    || Entry.HoldsWrites(chosen.Copies[database], chosen.Horizon[database]),
                $"{chosen.Name} as {mine.Copy} was not cut off before the active's last monitor"
            );
        }

        foreach (var other in _nodes)
        {
            if (!other.IsOnline || other == chosen || !IsFresher(other, chosen))
            {
                continue;
            }

            Expect(isAhead || mine.Copy == CopyState.Current, $"{other.Name} is not fresher than {chosen.Name} as {mine.Copy}");
            var claim = Claim(other);
            Expect(
                isAhead || !claim.IsPromotable || !claim.IsAble || claim.LastChange - mine.LastChange <= PromotionGuard.Tolerance,
                $"{chosen.Name} gives way to {other.Name}, which is fresher"
            );
            _tally.Window();
        }
    }

    /// <summary>
    /// Whether a node is online whose copy is good enough, and that is able to take a promotion. By an earlier record that came back, it is as good as that makes it. One that is not able, and holds a
    /// later promotion, may have more than anybody knows, and a person has to see to its disk.
    /// </summary>
    private bool IsFit(Node node) =>
        node is { IsOnline: true, IsAble: true }
        && !Array.Exists(
            _nodes,
            other => other is { IsOnline: true, IsAble: false } && (_record is null || _isForged || other.Pair.Number > node.Pair.Number)
        )
        && (_record is null || (_isForged ? Claim(node).IsPromotable : node == _lastActive || node.WasNeverCut));

    /// <summary>
    /// Where the record is gone or not to be relied on: no node is online that holds more, and whose markers say so, by a later promotion in both databases, or by the end of the same one.
    /// </summary>
    private void ExpectBestOnline(Node chosen)
    {
        foreach (var other in _nodes)
        {
            if (other == chosen || !other.IsOnline || !IsFresher(other, chosen) || !Claim(other).IsPromotable)
            {
                continue;
            }

            Expect(other.Pair.Number <= chosen.Pair.Number, $"{chosen.Name} gives way to {other.Name} with a later promotion");
            Expect(
                _record is not null || !other.IsAble || other.Pair.Number != chosen.Pair.Number || !IsEnd(other) || IsEnd(chosen),
                $"{chosen.Name} gives way to {other.Name}, which has the end of the same promotion"
            );
        }
    }

    /// <summary>Whether both copies are their promotion's own node's, by a name that it still has, or hold its closing marker.</summary>
    private static bool IsEnd(Node node) => IsEnd(node.Pair.Northbound, node.Name) && IsEnd(node.Pair.Southbound, node.Name);

    private static bool IsEnd(DatabaseCopy copy, string node) =>
        copy.Marker is { } marker && (marker.Closed || (marker.Node == node && (copy.Holder ?? node) == node));

    /// <summary>Whether a node holds what the last active one wrote.</summary>
    private bool HasEverything(Node node) =>
        Entry.HoldsWrites(node.Copies[0], _lastActiveData[0]) && Entry.HoldsWrites(node.Copies[1], _lastActiveData[1]);

    /// <summary>
    /// Whether a node holds all that another one does, and more writes. What was not in the copy that was promoted last has been lost then, and does not count.
    /// </summary>
    private static bool IsFresher(Node one, Node other) =>
        Entry.Holds(one.Copies[0], other.Copies[0])
        && Entry.Holds(one.Copies[1], other.Copies[1])
        && !(Entry.HoldsWrites(other.Copies[0], one.Copies[0]) && Entry.HoldsWrites(other.Copies[1], one.Copies[1]));

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"not so: {what}");
        }
    }
}
