namespace OvndbOcf.Decisions.Copies;

/// <summary>Whether a copy that may be promoted is, beside those of other nodes.</summary>
public enum PromotionChoice
{
    /// <summary>It is: none is better.</summary>
    Promote,

    /// <summary>It is, in place of a better one whose node is not able to take a promotion.</summary>
    InPlaceOf,

    /// <summary>It gives way to a better one.</summary>
    GiveWay,

    /// <summary>It is, though there is a better one: it gave way, and Pacemaker chose it again. Pacemaker knows of reasons, such as a constraint, why the other one is not to be promoted.</summary>
    ChosenAgain,
}
