"""What every page of a programme opens with: may this reader be here at all?"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.models import Decision, Group, Programme


def programme_or_404(request, slug):
    """The programme at this address, for those with a role in it; a stranger gets 404. The header then names it."""
    request.programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    return request.programme


def group_or_404(request, slug, pk):
    """The group at this address, within its programme."""
    programme = programme_or_404(request, slug)
    group = get_object_or_404(Group.objects.filter(programme=programme), pk=pk)
    group.programme = programme
    return group


def decision_or_404(request, pk):
    """The decision at this address, for staff and steering members of its programme; others get 404."""
    decisions = Decision.objects.visible_to(request.user).select_related(
        "programme", "group", "proposed_by", "recorded_by"
    )
    decision = get_object_or_404(decisions, pk=pk)
    request.programme = decision.programme
    return decision


def insist(allowed):
    """Refuse the page (403) unless `allowed`, a bool or a Ruling; a Ruling's reason is shown."""
    if not allowed:
        raise PermissionDenied(getattr(allowed, "why_not", ""))
