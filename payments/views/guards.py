"""Who gets to a page: 404 for strangers, who learn nothing; 403 with the reason for colleagues without the role."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from payments import making_queries, queries, rules
from payments.models import Claim, PaymentRun
from programmes.models import Programme


def programme_for(request, slug, rule):
    """The programme called `slug` if `rule(user, programme)` says yes. Raises Http404 or PermissionDenied."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme = programme
    must(rule(request.user, programme))
    return programme


def published_or_own_programme(request, slug):
    """The programme called `slug` where its policy is published, for anyone; before that for people in it.

    Raises Http404 or PermissionDenied for others.
    """
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None or not queries.policies(programme).exists():
        return programme_for(request, slug, rules.can_see_policy)
    request.programme = programme
    return programme


def claim_for(request, pk):
    """The claim `pk` with everything its page shows, if the reader may see it. Raises Http404."""
    get_object_or_404(Claim.objects.visible_to(request.user).only("pk"), pk=pk)
    claim = queries.whole_claim(pk)
    request.programme = claim.programme
    return claim


def own_claim_for(request, pk):
    """The reader's own claim `pk`. Raises Http404 for strangers, PermissionDenied for colleagues."""
    claim = claim_for(request, pk)
    if not rules.is_own(request.user, claim):
        raise PermissionDenied(rules.can_edit(request.user, claim).why_not)
    return claim


def fillable_claim_for(request, pk):
    """The claim `pk` for whoever fills it in: its person, or who entered it for them. Raises as `own_claim_for`."""
    claim = claim_for(request, pk)
    if not rules.can_fill_in(request.user, claim):
        raise PermissionDenied(rules.can_edit(request.user, claim).why_not)
    return claim


def programme_to_claim_in(request, slug):
    """The programme called `slug` where the reader may claim for something that was no event.

    Raises Http404 for strangers, PermissionDenied for colleagues.
    """
    programme = making_queries.programmes_of_claimant(request.user.person).filter(slug=slug).first()
    if programme is None:
        return programme_for(request, slug, rules.can_start_claim)
    request.programme = programme
    return programme


def line_for(claim, pk):
    """The expense line `pk` of a claim. Raises Http404 when there is none."""
    for line in claim.lines.all():
        if line.pk == pk and not line.is_time:
            return line
    raise Http404


def run_for(request, pk):
    """The payment run `pk`, if the reader may see it. Raises Http404."""
    run = get_object_or_404(
        PaymentRun.objects.visible_to(request.user).select_related(
            "programme", "made_by", "signed_by", "paid_recorded_by"
        ),
        pk=pk,
    )
    request.programme = run.programme
    return run


def must(ruling):
    """Go on, or raise PermissionDenied with the reason."""
    if not ruling:
        raise PermissionDenied(ruling.why_not)
