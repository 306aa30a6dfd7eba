namespace OvndbOcf.Decisions.Copies;

/// <summary>How lines of the log name a promotion: each step of a failover has the same words on every node, so that one search finds them all.</summary>
public static class PromotionStory
{
    /// <summary>A step of that promotion.</summary>
    public static string Of(PromotionMarker promotion) => $"promotion {promotion.Number}";

    /// <summary>A step at the end of that promotion: the story of the next one begins with it.</summary>
    public static string EndOf(PromotionMarker promotion) =>
        $"{Of(promotion)} makes way for promotion {NextPromotion.NumberAfter(promotion.Number)}";

    /// <summary>What comes before a message that is about a step of that promotion; nothing where it is not known to be of any.</summary>
    public static string Before(PromotionMarker? promotion) => promotion is null ? string.Empty : $"{Of(promotion)}: ";
}
