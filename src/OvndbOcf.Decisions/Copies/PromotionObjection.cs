namespace OvndbOcf.Decisions.Copies;

/// <summary>What speaks against a promotion here, whatever other copies are worth.</summary>
public enum PromotionObjection
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Another instance is promoted, and Pacemaker did not ask for a promotion here: a person runs the action. That instance's next monitor would have to undo it.</summary>
    PromotedElsewhere,

    /// <summary>The copy may not be promoted; its verdict says why.</summary>
    NotPromotable,

    /// <summary>Other nodes' copies are not known, so that a better one is possible.</summary>
    OthersUnknown,

    /// <summary>They are not known, and a person has allowed to promote whatever there is.</summary>
    OthersUnknownAllowed,
}

/// <summary>Finds it. Pure, total.</summary>
public static class PromotionObjections
{
    /// <summary>Whether another instance is promoted, by a promotion that is on record as going on.</summary>
    /// <param name="record">The promotion on record; null if there is none.</param>
    /// <param name="node">This node, by the name that promotions record.</param>
    /// <param name="isAsked">Whether Pacemaker asks for a promotion here.</param>
    /// <param name="isPromoted">Whether that instance says that it is promoted; null if that is not known.</param>
    public static bool IsElsewhere(PromotionRecord? record, string node, bool isAsked, bool? isPromoted) =>
        record is { Marker.Closed: false } && record.Marker.Node != node && !isAsked && isPromoted != false;

    /// <summary>The first that there is.</summary>
    /// <param name="isElsewhere">Whether another instance is promoted.</param>
    /// <param name="isPromotable">Whether the copy may be promoted.</param>
    /// <param name="areOthersKnown">Whether other nodes said what theirs are worth, or that there is none.</param>
    /// <param name="isRunByPacemaker">Whether Pacemaker runs the action; without a cluster there are no others.</param>
    /// <param name="policy">What a person has allowed.</param>
    public static PromotionObjection Find(
        bool isElsewhere,
        bool isPromotable,
        bool areOthersKnown,
        bool isRunByPacemaker,
        OutdatedPolicy policy
    ) =>
        isElsewhere ? PromotionObjection.PromotedElsewhere
        : !isPromotable ? PromotionObjection.NotPromotable
        : areOthersKnown || !isRunByPacemaker ? PromotionObjection.None
        : policy == OutdatedPolicy.Allow ? PromotionObjection.OthersUnknownAllowed
        : PromotionObjection.OthersUnknown;
}
