using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>What was found before a promotion.</summary>
/// <param name="Refusal">Why it must not be; null if it may.</param>
/// <param name="Assessment">What the copies are worth.</param>
/// <param name="Others">The other nodes that said something of their copies.</param>
internal sealed record ExaminedPromotion(ActionResult? Refusal, Assessment Assessment, IReadOnlyList<string> Others);

/// <summary>
/// The last guard before a promotion: the scores should have kept a copy from being chosen that lacks data, or is not the best one online. Waits for what is unknown, and changes no server.
/// </summary>
internal sealed class PromotionExamination(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    Assessor assessor,
    CopyAttributes attributes,
    PromotionScore score
)
{
    // A closing marker that was sent is on its way between two machines of one network.
    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(3);

    // An attribute daemon that was started again knows everything within a second or two.
    private static readonly TimeSpan UncertaintyTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Whether the copy may be promoted. What is not known is asked for again, for a while; if it stays unknown, nobody is promoted here, unless the policy is to promote whatever there is.
    /// </summary>
    public async Task<ExaminedPromotion> ExamineAsync()
    {
        var patience = scope.Deadline.Share(0.4).Within(UncertaintyTimeout);
        while (true)
        {
            var reading = attributes.ReadClaimsAsync();
            var assessment = await assessor.AssessAsync(TimeSpan.Zero, attributes.ReadAsync()).ConfigureAwait(false);
            var claims = await reading.ConfigureAwait(false);
            var isKnown = claims is not null && assessment.Verdict.IsKnown;
            if (isKnown || patience.HasPassed || !scope.Environment.IsRunByPacemaker)
            {
                return await JudgeAsync(assessment, claims).ConfigureAwait(false);
            }

            scope.Log.Info("the cluster does not tell yet how the copies compare; asking again");
            await Task.Delay(BetweenQuestions, scope.Clock).ConfigureAwait(false);
        }
    }

    private async Task<ExaminedPromotion> JudgeAsync(Assessment assessment, IReadOnlyList<NodeClaim>? claims)
    {
        ExaminedPromotion Refuse(string reason) => new(ActionResult.Error(reason), assessment, []);

        const string Unknown = "pacemaker-attrd does not answer, so a better copy on another node is possible";
        assessment = await WaitForClosingAsync(assessment).ConfigureAwait(false);
        switch (Objection(assessment, claims is not null))
        {
            case PromotionObjection.PromotedElsewhere:
                return Refuse(
                    $"{assessment.Cluster.Record!.Marker.Node} is promoted, and Pacemaker did not ask for a promotion here; to move the promotion: pcs resource move, or crm_resource --move, with --promoted"
                );

            case PromotionObjection.NotPromotable:
                // What is not known does not change a score.
                if (assessment.Verdict.IsKnown)
                {
                    await score.SetAsync(assessment.Verdict.Score).ConfigureAwait(false);
                }

                return Refuse($"not promoted: {assessment.Verdict.Reason}");

            case PromotionObjection.OthersUnknown:
                return Refuse($"not promoted: {Unknown}; check pacemaker-attrd, Pacemaker tries again");

            case PromotionObjection.OthersUnknownAllowed:
                scope.Log.Warning($"{Unknown}; promoting because outdated_copies is allow");
                break;
        }

        return await CompareAsync(assessment, claims ?? []).ConfigureAwait(false);
    }

    private PromotionObjection Objection(Assessment assessment, bool areOthersKnown)
    {
        var record = assessment.Cluster.Record;
        return PromotionObjections.Find(
            PromotionObjections.IsElsewhere(
                record,
                scope.Me.AttributeHost,
                scope.Notify.Promoting.Any(scope.Me.IsMe),
                record is null ? null : PublishedCopies.IsPromoted(assessment.Published, record.Marker)
            ),
            assessment.Verdict.IsPromotable,
            areOthersKnown,
            scope.Environment.IsRunByPacemaker,
            parameters.OutdatedPolicy
        );
    }

    /// <summary>Gives way to a better copy, once.</summary>
    private async Task<ExaminedPromotion> CompareAsync(Assessment assessment, IReadOnlyList<NodeClaim> claims)
    {
        var examined = new ExaminedPromotion(
            null,
            assessment,
            [.. claims.Select(claim => claim.Node).Where(node => node != scope.Me.AttributeHost)]
        );
        var mine = assessment.Claim(assessment.Copies.LastChange);
        switch (PromotionGuard.Choose(mine, claims, attributes.GaveWay(assessment.Cluster.Record)))
        {
            case (PromotionChoice.InPlaceOf, { } unable):
                scope.Log.Warning(
                    $"promoting although {Difference(unable, mine)}: {unable.Node} cannot take a promotion, see the log there; rows that {unable.Node} had not sent are missing now, "
                        + $"and are kept in files that {unable.Node} sets aside"
                );
                return examined;

            case (PromotionChoice.ChosenAgain, { } better):
                // What that has more is set aside when it follows.
                scope.Log.Warning($"promoting although {Difference(better, mine)}: Pacemaker chose this node again");
                return examined;

            case (PromotionChoice.GiveWay, { } better):
                attributes.GiveWay(assessment.Cluster.Record);
                await score.SetAsync(PromotionScores.Least).ConfigureAwait(false);
                return new ExaminedPromotion(
                    ActionResult.Error(
                        $"not promoted: {Difference(better, mine)}; Pacemaker tries the other node, unless a constraint forbids that"
                    ),
                    assessment,
                    []
                );

            default:
                return examined;
        }
    }

    private static string Difference(NodeClaim better, NodeClaim mine) =>
        $"{better.Node} has a better copy ({better.Copy}; {mine.Copy} here)";

    /// <summary>Where the last active instance retired as planned, waits for the closing marker, which says that this copy has everything.</summary>
    private async Task<Assessment> WaitForClosingAsync(Assessment assessment)
    {
        if (
            assessment.Cluster.Record is not { Marker: { Closed: true } closed }
            || assessment.Copies.AreClosedBy(closed)
            || !assessment.Verdict.IsPromotable
            || assessment.Verdict.Copy < CopyState.Current
        )
        {
            return assessment;
        }

        var copies = assessment.Copies;
        await Wait.UntilAsync(
                "the last rows of the former active servers",
                () => (copies = servers.ReadCopies(scope.Deadline)).AreClosedBy(closed),
                scope.Deadline.Within(ArrivalTimeout),
                scope.Log
            )
            .ConfigureAwait(false);
        return assessment.With(copies);
    }
}
