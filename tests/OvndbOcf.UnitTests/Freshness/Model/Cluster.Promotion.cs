using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.UnitTests.Decisions.Copies;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>Promotion, demotion and following.</summary>
internal sealed partial class Cluster
{
    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    /// <summary>One attempt of Pacemaker: who has the highest score, with ties broken by <paramref name="tie"/>.</summary>
    private void Round(int tie, int how)
    {
        if (how % 8 != 0)
        {
            MonitorAll();
        }

        Node? chosen = null;
        for (var index = 0; index < _nodes.Length; index++)
        {
            var node = _nodes[(index + tie) % _nodes.Length];
            if (node is { IsOnline: true, IsBanned: false, Score: { } score } && (chosen is null || score > chosen.Score))
            {
                chosen = node;
            }
        }

        if (chosen is null)
        {
            return;
        }

        var claims = Array.ConvertAll(Array.FindAll(_nodes, node => node.IsOnline), Claim);
        var mine = Array.Find(claims, claim => claim.Node == chosen.Name)!;
        if (_isAttributeDaemonSilent || _isConfigurationUnreadable)
        {
            // Nobody knows whether another copy is better, or how this one compares.
            Expect(!_isConfigurationUnreadable || !mine.IsPromotable, "what cannot be compared is not promoted");
            _tally.Refuse();
        }
        else if (!mine.IsPromotable)
        {
            _tally.Refuse();
            Monitor(chosen);
        }
        else if (PromotionGuard.BetterThan(mine, claims) is not null)
        {
            _tally.GivenWay();
            chosen.GaveWay = _now;
            Monitor(chosen);
        }
        else if (!chosen.IsAble)
        {
            // Its marker is not written, and it is tried again: no other copy is as good.
            _tally.Hinder();
        }
        else
        {
            if (PromotionGuard.InPlaceOf(mine, claims) is not null)
            {
                _tally.Replace();
            }

            ExpectRightChoice(chosen, mine);
            Promote(chosen, how / 8);
        }
    }

    private void MonitorAll()
    {
        foreach (var node in _nodes)
        {
            if (node.IsOnline)
            {
                Monitor(node);
            }
        }
    }

    private NodeClaim Claim(Node node)
    {
        var pair = node.Pair;
        var verdict = Verdict(node);
        return new NodeClaim(node.Name, Knowledge.Record?.Marker.Id, verdict.Copy, verdict.IsPromotable, pair.Number, pair.LastChange)
        {
            IsAble = verdict.IsAble,
        };
    }

    /// <summary>Writes the markers and the record. It may be interrupted after either marker: by a loss of power, or by an agent that fails.</summary>
    private void Promote(Node node, int how)
    {
        var before = node.Pair;
        var marker = NextPromotion.For(before, _record, node.Name, _now, NewId(), isActive: false, node.Recorded);
        for (var database = 0; database < 2; database++)
        {
            node.Notes[database] = NotedPromotion.Opening(node.Notes[database], marker);
            node.Store(database, new Entry(node.Copies[database], marker), _now);
            if (how == database + 1 || how == database + 3)
            {
                _tally.Interrupt();
                if (how < 3)
                {
                    PowerOff(node);
                }

                return;
            }
        }

        if (how == 5)
        {
            // The agent failed and is called again, while the servers are active.
            var again = NextPromotion.For(node.Pair, _record, node.Name, _now, NewId(), isActive: true, node.Recorded);
            Expect(again == marker, "an interrupted promotion is taken up again");
        }

        Record(node, marker, before);
        foreach (var other in _nodes)
        {
            other.WasNeverCut = false;
            if (other.IsOnline && other != node)
            {
                Follow(
                    other,
                    how == 6 && other == _nodes[0] ? 0
                        : how == 7 ? 1
                        : null
                );
                other.WasNeverCut = other.IsLinked;
            }
        }
    }

    private void Record(Node node, PromotionMarker marker, CopyPair before)
    {
        foreach (var other in _nodes)
        {
            other.WasUnseen = other != node && (!other.IsOnline || !Claim(other).IsPromotable || !other.IsAble);
        }

        var complete = NextPromotion.IsComplete(before, Knowledge.Record, node.Name, node.Boot);
        Expect(!complete || _isForged || HasEverything(node), "what is called complete holds everything");
        _tally.Promoted(complete);
        if (!complete && before.Northbound.Marker is { Closed: true } && before.Southbound.Marker is { Closed: true })
        {
            _tally.PromotedUnproven();
        }

        Put(
            new PromotionRecord(marker)
            {
                Previous = _record?.Marker.Id,
                Complete = complete,
                Boot = node.Boot,
            }
        );
        _memory = LinkTracker.Initial(_nodes.Where(other => other != node).Select(other => other.Name));
        _active = _lastActive = node;
        (_beganForged, _beganTampered) = (_isForged, _isTampered);
        _isForged = _isTampered = false;
        node.CutSince = null;
        foreach (var other in _nodes)
        {
            other.GaveWay = null;
            Array.Clear(other.Horizon);
        }
    }

    /// <summary>A node follows the active one for the first time, or connects again. The first dump may be interrupted, of one database.</summary>
    private void Follow(Node node, int? interrupted)
    {
        if (!node.IsAble)
        {
            return;
        }

        // Without a record of the active node's promotion, a node that has just started follows whoever answers at the address.
        var record = _record?.Marker.Node == _active!.Name ? _record : null;
        var isNew = node.Follows is null || (record is not null && node.Follows != record.Marker.Id);
        node.Follows = record?.Marker.Id ?? node.Follows ?? Guid.Empty;
        var followedForged = node.FollowedForged;
        node.FollowedForged = isNew ? _isForged : node.FollowedForged;
        for (var database = 0; database < 2; database++)
        {
            if (!isNew && node.Links[database] is not null)
            {
                continue;
            }

            var before = node.Copies[database];
            if (
                isNew
                && ResyncSafety.Decide(
                    node.Copy(Databases[database]),
                    Databases[database],
                    record,
                    node.Name,
                    wasWritable: false,
                    node.Notes[database]
                ) == ResyncStep.SetAside
            )
            {
                _tally.Save();
                node.Saved.Add(before!);
            }

            if (isNew)
            {
                node.Notes[database] = NotedPromotion.Following(node.Notes[database], record, node.Name);
            }

            // What followed by an earlier record that came back, and received data with that promotion's marker, which came back, too, looks like a backup of that promotion.
            Expect(
                (_beganForged && _beganTampered && followedForged)
                    || Entry.HoldsWrites(_active.Copies[database], before)
                    || node.Saved.Exists(saved => Entry.HoldsWrites(saved, before)),
                $"nothing is reset unsaved ({node.Name}, database {database})"
            );
            if (interrupted == database)
            {
                node.Links[database] = null;
                node.Store(database, null, _now);
            }
            else
            {
                node.Connect(database, _counter++);
                node.Store(database, _active.Copies[database], _now);
            }
        }

        node.CutSince = node.IsLinked ? null : node.CutSince ?? _now;
    }

    /// <summary>
    /// The planned end: the closing markers reach the connected backups, and the record says so. The node may lose its power after each step.
    /// </summary>
    private void Demote(int how)
    {
        var node = _active!;

        // No two attempts come within a second.
        if (
            _isConfigurationUnreadable
            || !node.IsAble
            || _record?.Marker.Node != node.Name
            || _record.Marker.Close(node.Pair, Known.At(++_counter)) is not { } closing
        )
        {
            // There is no promotion of its own to close, or no closing marker can be written.
            Die();
            return;
        }

        for (var database = 0; database < 2; database++)
        {
            if (how == database + 1)
            {
                PowerOff(node);
                return;
            }

            node.Store(database, new Entry(node.Copies[database], closing), _now);
        }

        if (how != 3)
        {
            DeliverAll();
        }

        switch (how)
        {
            case 3 or 4:
                PowerOff(node);
                return;
            case 5:
                // Clients that did not come by a listener go on writing; the node sees that and leaves the record open.
                Write(0);
                Write(1);
                Die();
                return;
            case 6:
                // The agent is killed behind the marker, and the servers stay active.
                Write(1);
                return;
        }

        Put(_record with { Marker = closing });
        Die();
    }

    private Guid NewId() => new(++_counter, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
