using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>What others do to the record and to the markers, and what the active instance makes of it.</summary>
internal sealed partial class Cluster
{
    /// <summary>Puts a record into the cluster's configuration.</summary>
    private void Put(PromotionRecord record)
    {
        _earlier.Add(record);
        _markers.Add(record.Marker);
        _lastNamed = record.Marker.Node;
        Array.Fill(Array.Find(_nodes, node => node.Name == record.Marker.Node)!.Notes, NotedPromotion.OnRecord(record.Marker));
        Remember(record);
    }

    /// <summary>Only the promoted instance does that, and remembers it while its promotion is open.</summary>
    private void Remember(PromotionRecord record)
    {
        _record = record;
        _remembered = record.Marker.Closed ? null : record;
    }

    /// <summary>A restored backup, or cleared or replaced external_ids, of one database or both.</summary>
    private void Rewrite(int how)
    {
        var marker = _markers[how / 4 % _markers.Count];
        for (var database = 0; database < 2; database++)
        {
            if (how % 4 == 3 || how % 4 == database)
            {
                _active!.Store(database, Entry.Rewrite(_active.Copies[database], marker), _now);
                _isTampered = true;
            }
        }
    }

    /// <summary>The record is gone, or an earlier one comes back; the active instance may have lost its notes at the same time.</summary>
    private void Push(int how)
    {
        var record = _earlier[how / 4 % _earlier.Count];
        if (record is not null && record.Marker.Number > (_record?.Marker.Number ?? 0))
        {
            return;
        }

        _isForged = true;
        _record = record;
        _lastNamed = record?.Marker.Node;
        if (how % 4 == 0)
        {
            _remembered = null;
            _memory = null;
        }
    }

    /// <summary>A promotion by hand: its marker is in that backup's data alone, and it is on record. The backup's next monitor isolates it, and it follows again.</summary>
    private void Hijack(Node node)
    {
        if (_record is null)
        {
            return;
        }

        _isForged = _isTampered = true;
        var marker = new PromotionMarker(_record.Marker.Number + 1, NewId(), node.Name, _now, Closed: false);
        _record = new PromotionRecord(marker) { Previous = _record.Marker.Id };
        _lastNamed = node.Name;
    }

    /// <summary>The part of the active instance's monitor that is about its own promotion.</summary>
    private void Keep()
    {
        _elsewhereSince = _record is { } record && record.Marker.Node != _active!.Name ? _elsewhereSince ?? _now : null;
        var upkeep = PromotionUpkeep.Decide(
            new UpkeepView(
                _active!.Pair,
                Knowledge,
                _remembered,
                _active.Name,
                _isAttributeDaemonSilent ? null : false,
                _elsewhereSince is { } since ? _now - since : TimeSpan.Zero
            )
        );
        switch (upkeep.Step)
        {
            case UpkeepStep.WriteRecord when upkeep.OutdatesUnseen && _isAttributeDaemonSilent:
                return;

            case UpkeepStep.WriteRecord:
                _tally.Repair();
                var (published, established) = Look();
                var others = _nodes.Where(node => node != _active).Select(node => node.Name);
                Put(
                    upkeep.OutdatesUnseen
                        ? upkeep.Base! with
                        {
                            Outdated = LinkTracker
                                .Update(LinkTracker.Initial([]), published, established, [.. others], upkeep.Base.Marker.Id, _isDirect)
                                .Outdated,
                        }
                        : upkeep.Base!
                );
                _isForged = false;
                foreach (var node in _nodes)
                {
                    // In doubt a copy is outdated, until its connections are seen.
                    node.WasNeverCut &= !_record!.Outdated.Contains(node.Name);
                }

                break;

            case UpkeepStep.PromoteAgain when HasQuorum && _active.IsAble:
                _tally.Repair();
                PromoteAgain(upkeep.Base!);
                break;

            default:
                break;
        }
    }

    private void PromoteAgain(PromotionRecord former)
    {
        var latest = _record is { } recorded && recorded.Marker.Number > former.Marker.Number ? recorded : former;
        var marker = NextPromotion.For(_active!.Pair, latest, _active.Name, _now, NewId(), isActive: true, _active.Recorded);
        Mark(marker);

        // The record takes longer than that.
        DeliverAll();
        Put(
            new PromotionRecord(marker)
            {
                Previous = former.Marker.Id,
                Outdated = former.Outdated,
                Boot = _active.Boot,
            }
        );
        _memory = null;
        _isForged = _isTampered = false;
        foreach (var node in _nodes)
        {
            // Those that are connected receive the marker like any other transaction, and those that were told to follow this node still do.
            node.Follows = node.Follows == former.Marker.Id ? marker.Id : node.Follows;
            node.WasNeverCut &= node.IsLinked && !former.Outdated.Contains(node.Name);
        }
    }

    private void Mark(PromotionMarker marker)
    {
        for (var database = 0; database < 2; database++)
        {
            _active!.Notes[database] = NotedPromotion.Opening(_active.Notes[database], marker);
            _active.Store(database, new Entry(_active.Copies[database], marker), _now);
        }
    }
}
