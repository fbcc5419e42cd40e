"""Go from one claim to the next of the list a reader came from, with its search, filters and order."""

from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from payments.approval.views.listing import NOT_WALKED, WALKED_LIST, claims_listing
from payments.claims.models.claim import Claim


@dataclass(frozen=True)
class Walk:
    """The place of a claim in the list at the address `list_url`, and its neighbours; None at either end.

    `suffix` ends the address of a page about the claim, so that the page knows the list too.
    """

    list_url: str
    suffix: str
    previous: str | None
    next: str | None
    position: int
    count: int


def walk_of(request, claim):
    """Return the Walk of `claim` through the list its reader came from; None where they came from elsewhere.

    One query. A claim that is no longer in the list is followed by the first one there.
    """
    if WALKED_LIST not in request.GET:
        return None
    query = QueryDict(request.GET[WALKED_LIST], mutable=True)
    for name in NOT_WALKED:
        query.pop(name, None)
    asked = copy(request)
    asked.GET = query
    ids = list(claims_listing(asked, claim.programme).queryset.values_list("pk", flat=True))
    at = ids.index(claim.pk) if claim.pk in ids else -1
    suffix = f"?{urlencode({WALKED_LIST: query.urlencode()})}"

    def address(position):
        return f"{Claim(pk=ids[position]).get_absolute_url()}{suffix}" if 0 <= position < len(ids) else None

    return Walk(
        list_url=f"{reverse('claims', args=[claim.programme.slug])}?{query.urlencode()}",
        suffix=suffix,
        previous=address(at - 1) if at > 0 else None,
        next=address(at + 1),
        position=at + 1,
        count=len(ids),
    )


def go_on(walk, programme):
    """Go on to the next claim of `walk`, back to its list at the end; without one to the claims that wait."""
    if walk is not None:
        return redirect(walk.next or walk.list_url)
    return to_the_next(programme)


def to_the_next(programme):
    """Go on to the claims that wait to be checked, oldest first."""
    return redirect(f"{reverse('claims', args=[programme.slug])}?status=submitted&sort=submitted_at")
