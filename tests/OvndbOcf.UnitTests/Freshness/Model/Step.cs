using CsCheck;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>What happens next.</summary>
internal enum Kind
{
    /// <summary>A client writes to one database of the active server.</summary>
    Write,

    /// <summary>A backup receives the next transaction, if there is one on the way.</summary>
    Deliver,

    /// <summary>Time passes; whatever was on the way arrives.</summary>
    Wait,

    /// <summary>A backup loses one connection, or both; the active servers' kernel may not hear of it.</summary>
    Cut,

    /// <summary>A backup's servers connect again.</summary>
    Heal,

    /// <summary>The monitor of a backup.</summary>
    Monitor,

    /// <summary>The monitor of the active instance.</summary>
    Track,

    /// <summary>A node loses its power.</summary>
    PowerOff,

    /// <summary>A node is stopped as planned.</summary>
    Stop,

    /// <summary>A node comes back.</summary>
    Start,

    /// <summary>The active instance is demoted as planned, or dies on the way.</summary>
    Demote,

    /// <summary>Pacemaker promotes somebody if nobody is active.</summary>
    Promote,

    /// <summary>A client of the active server restores a backup, or removes or replaces the marker.</summary>
    Rewrite,

    /// <summary>The cluster's configuration is pushed as a whole: the record disappears, or an earlier one comes back.</summary>
    Push,

    /// <summary>The attribute daemon, the CIB or both do not answer from now on, or answer again.</summary>
    Blind,

    /// <summary>A database file is written to without new data, as by compaction and the conversion of its schema.</summary>
    Touch,

    /// <summary>Another resource of the agent is promoted, and writes the property that all of them share.</summary>
    OtherResource,

    /// <summary>A node's failures reach Pacemaker's threshold, or are forgotten.</summary>
    Ban,

    /// <summary>A person promotes a backup by hand, and puts that on record.</summary>
    Hijack,

    /// <summary>A node's disk is full from now on, so that nothing more can be written there, or has room again.</summary>
    Fill,

    /// <summary>A node that is off gets another name.</summary>
    Rename,
}

/// <summary>One step.</summary>
/// <param name="Kind">What.</param>
/// <param name="Node">On which node, modulo their number.</param>
/// <param name="How">Which of the ways that it can happen.</param>
internal readonly record struct Step(Kind Kind, int Node, int How)
{
    private static readonly Gen<Kind> Kinds = Gen.Frequency(
        (7, Gen.Const(Kind.Write)),
        (3, Gen.Const(Kind.Deliver)),
        (4, Gen.Const(Kind.Wait)),
        (4, Gen.Const(Kind.Cut)),
        (2, Gen.Const(Kind.Heal)),
        (3, Gen.Const(Kind.Monitor)),
        (3, Gen.Const(Kind.Track)),
        (4, Gen.Const(Kind.PowerOff)),
        (1, Gen.Const(Kind.Stop)),
        (4, Gen.Const(Kind.Start)),
        (2, Gen.Const(Kind.Demote)),
        (6, Gen.Const(Kind.Promote)),
        (1, Gen.Const(Kind.Rewrite)),
        (1, Gen.Const(Kind.Push)),
        (1, Gen.Const(Kind.Blind)),
        (1, Gen.Const(Kind.Touch)),
        (1, Gen.Const(Kind.OtherResource)),
        (1, Gen.Const(Kind.Ban)),
        (1, Gen.Const(Kind.Hijack)),
        (1, Gen.Const(Kind.Fill)),
        (2, Gen.Const(Kind.Rename))
    );

    public static Gen<Step> Any { get; } = Gen.Select(Kinds, Gen.Int[0, 9], Gen.Int[0, 63], (kind, node, how) => new Step(kind, node, how));
}

/// <summary>
/// A cluster of two to five nodes, whether backups reach the active node's own address, whether somebody is active at first, and what happens.
/// </summary>
internal sealed record History(int Nodes, bool IsDirect, bool BeginsActive, Step[] Steps)
{
    public static Gen<History> Any { get; } =
        Gen.Select(
            Gen.Int[2, 5],
            Gen.Bool,
            Gen.Int[0, 7],
            Step.Any.Array[10, 30],
            (nodes, direct, begin, steps) => new History(nodes, direct, begin > 0, steps)
        );

    public override string ToString() =>
        $"{Nodes} nodes, {(IsDirect ? "direct" : "by an address in between")}{(BeginsActive ? ", n0 active" : "")}: {string.Join("; ", Steps.Select(step => $"{step.Kind} n{step.Node % Nodes} {step.How}"))}";
}
