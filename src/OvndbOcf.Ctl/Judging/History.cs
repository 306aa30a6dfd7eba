using System.Globalization;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Tells of the promotions of the past why they were: by how the one before ended. Pure.</summary>
internal static class History
{
    private const string HistoryPrefix = "ovndb-history-";
    private const string RecordPrefix = "ovndb-promotion-";

    /// <summary>The history of a resource. The record of the latest promotion is part of it, even where an older agent wrote only that.</summary>
    public static HistoryView Of(Cib cib, string resource)
    {
        var kept = PastPromotion.Parse(cib.Properties.GetValueOrDefault(HistoryPrefix + resource));
        var all = PromotionRecord.Parse(cib.Properties.GetValueOrDefault(RecordPrefix + resource)) is { } record
            ? PastPromotion.With(kept, record)
            : kept;
        return new HistoryView { Resource = resource, Promotions = [.. all.Select(promotion => View(promotion, all)).Reverse()] };
    }

    private static PastPromotionView View(PastPromotion promotion, IReadOnlyList<PastPromotion> all)
    {
        var before = all.LastOrDefault(other => other != promotion && other.Id == promotion.Previous);
        var (cause, reason) = Cause(promotion, before);
        return new PastPromotionView(
            promotion.Number,
            promotion.Node,
            promotion.Begin,
            promotion.End,
            promotion.Complete,
            Pause(promotion, before),
            cause,
            reason
        );
    }

    // Nobody writes between the end of a promotion and the next one. When servers that were lost took their last write, nothing on record tells.
    private static long? Pause(PastPromotion promotion, PastPromotion? before) =>
        (promotion.Begin - before?.End)?.TotalSeconds is { } pause and >= 0 ? (long)pause : null;

    private static (PromotionCause Cause, string Reason) Cause(PastPromotion promotion, PastPromotion? before) =>
        before switch
        {
            null when promotion.Previous is null => (PromotionCause.First, "the first on record"),
            null => (PromotionCause.Unknown, "the one before is not on record"),
            { End: not null } => (PromotionCause.Planned, $"planned: {before.Node} ended promotion {Number(before)} with everything sent"),
            _ when before.Node == promotion.Node => (
                PromotionCause.Again,
                $"promotion {Number(before)} of the same node had no end: its servers failed, its marks were lost, or another agent promoted meanwhile"
            ),
            _ => (PromotionCause.Lost, $"promotion {Number(before)} had no end: {before.Node} was lost, or its servers failed"),
        };

    private static string Number(PastPromotion promotion) => promotion.Number.ToString(CultureInfo.InvariantCulture);
}
