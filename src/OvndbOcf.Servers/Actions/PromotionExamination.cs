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

        // By hand, on a cluster where another instance is promoted: its next monitor would have to undo it.
        if (
            assessment.Cluster.Record is { Marker.Closed: false } record
            && record.Marker.Node != scope.Me.AttributeHost
            && !scope.Notify.Promoting.Any(scope.Me.IsMe)
            && PublishedCopies.IsPromoted(assessment.Published, record.Marker) != false
        )
        {
            return Refuse(
                $"{record.Marker.Node} is promoted, and Pacemaker did not ask for a promotion here; to move the promotion: pcs resource move, or crm_resource --move, with --promoted"
            );
        }

        assessment = await WaitForClosingAsync(assessment).ConfigureAwait(false);
        if (!assessment.Verdict.IsPromotable)
        {
            // What is not known does not change a score.
            if (assessment.Verdict.IsKnown)
            {
                await score.SetAsync(assessment.Verdict.Score).ConfigureAwait(false);
            }

            return Refuse($"not promoted: {assessment.Verdict.Reason}");
        }

        if (claims is null && scope.Environment.IsRunByPacemaker)
        {
            const string Unknown = "pacemaker-attrd does not answer, so a better copy on another node is possible";
            if (parameters.OutdatedPolicy != OutdatedPolicy.Allow)
            {
                return Refuse($"not promoted: {Unknown}; check pacemaker-attrd, Pacemaker tries again");
            }

            scope.Log.Warning($"{Unknown}; promoting because outdated_copies is allow");
        }

        return await CompareAsync(assessment, claims ?? []).ConfigureAwait(false);
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
        if (PromotionGuard.BetterThan(mine, claims) is not { } better)
        {
            if (PromotionGuard.InPlaceOf(mine, claims) is { } unable)
            {
                scope.Log.Warning(
                    $"promoting although {Difference(unable, mine)}: {unable.Node} cannot take a promotion, see the log there; rows that {unable.Node} had not sent are missing now, "
                        + $"and are kept in files that {unable.Node} sets aside"
                );
            }

            return examined;
        }

        var difference = Difference(better, mine);
        if (attributes.GaveWay(assessment.Cluster.Record))
        {
            // Pacemaker knows of reasons, such as a constraint, why the other one is not to be promoted. What that has more is set aside when it follows.
            scope.Log.Warning($"promoting although {difference}: Pacemaker chose this node again");
            return examined;
        }

        attributes.GiveWay(assessment.Cluster.Record);
        await score.SetAsync(PromotionScores.Least).ConfigureAwait(false);
        return new ExaminedPromotion(
            ActionResult.Error($"not promoted: {difference}; Pacemaker tries the other node, unless a constraint forbids that"),
            assessment,
            []
        );
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
