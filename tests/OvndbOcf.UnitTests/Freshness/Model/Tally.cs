namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>What happened in the histories, so that a model in which nothing happens does not pass for one in which nothing fails.</summary>
internal sealed class Tally
{
    private int _promotions,
        _handovers,
        _gaveWay,
        _refused,
        _interrupted,
        _setAside,
        _marked,
        _windows,
        _rescued,
        _repaired,
        _unproven,
        _hindered,
        _replaced,
        _renamed;

    public int Promotions => _promotions;

    public int Handovers => _handovers;

    public int GaveWay => _gaveWay;

    public int Refused => _refused;

    public int Interrupted => _interrupted;

    public int SetAside => _setAside;

    public int Marked => _marked;

    public int Windows => _windows;

    public int Rescued => _rescued;

    public int Repaired => _repaired;

    public int Unproven => _unproven;

    public int Hindered => _hindered;

    public int Replaced => _replaced;

    public int Renamed => _renamed;

    public void Promoted(bool handover)
    {
        Interlocked.Increment(ref _promotions);
        if (handover)
        {
            Interlocked.Increment(ref _handovers);
        }
    }

    public void GivenWay() => Interlocked.Increment(ref _gaveWay);

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void Interrupt() => Interlocked.Increment(ref _interrupted);

    public void Save() => Interlocked.Increment(ref _setAside);

    public void Mark() => Interlocked.Increment(ref _marked);

    public void Window() => Interlocked.Increment(ref _windows);

    /// <summary>The active instance put its promotion right in the data or on record.</summary>
    public void Repair() => Interlocked.Increment(ref _repaired);

    /// <summary>A copy with a closing marker was promoted, and the record did not confirm it.</summary>
    public void PromotedUnproven() => Interlocked.Increment(ref _unproven);

    /// <summary>A node was chosen that cannot take a promotion.</summary>
    public void Hinder() => Interlocked.Increment(ref _hindered);

    /// <summary>A copy was promoted in place of a better one whose node cannot take a promotion.</summary>
    public void Replace() => Interlocked.Increment(ref _replaced);

    /// <summary>A node got another name.</summary>
    public void Rename() => Interlocked.Increment(ref _renamed);

    public void Rescue() => Interlocked.Increment(ref _rescued);
}
