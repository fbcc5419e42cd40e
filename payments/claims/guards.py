"""Fetch the claim or line a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from payments.claims import queries, rules
from payments.claims.models.claim import Claim
from payments.shared.guards import programme_for


def claim_for(request, pk):
    """Fetch the claim `pk` with its lines and receipts, if the reader may see it. Raises Http404."""
    get_object_or_404(Claim.objects.visible_to(request.user).only("pk"), pk=pk)
    claim = queries.claim_with_lines(pk)
    request.programme = claim.programme
    return claim


def own_claim_for(request, pk):
    """Fetch the reader's own claim `pk`. Raises Http404 for strangers, PermissionDenied for colleagues."""
    claim = claim_for(request, pk)
    if not rules.is_own(request.user, claim):
        raise PermissionDenied(rules.can_edit(request.user, claim).why_not)
    return claim


def fillable_claim_for(request, pk):
    """Fetch the claim `pk` for its person, or for the colleague who entered it.

    Raises Http404 for strangers, PermissionDenied for other colleagues.
    """
    claim = claim_for(request, pk)
    if not rules.can_fill_in(request.user, claim):
        raise PermissionDenied(rules.can_edit(request.user, claim).why_not)
    return claim


def programme_to_claim_in(request, slug):
    """Fetch the programme called `slug` where the reader may claim for something that was no event.

    Raises Http404 for strangers, PermissionDenied for colleagues.
    """
    programme = queries.programmes_of_claimant(request.user.person).filter(slug=slug).first()
    if programme is None:
        return programme_for(request, slug, rules.can_start_claim)
    request.programme = programme
    return programme


def line_for(claim, pk):
    """Return the expense line `pk` of a claim. Raises Http404 when there is none."""
    for line in claim.lines.all():
        if line.pk == pk and not line.is_time:
            return line
    raise Http404
