"""Fetch a paper, a file or a pack, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.packs import rules
from programmes.packs.models import PackGiven, WelcomeCopy, WelcomePaper
from programmes.programme.guards import programme_or_404


def programme_of_pack(request, slug):
    """Return the programme, for its staff: 404 for strangers, 403 for others in it."""
    programme = programme_or_404(request, slug)
    rules.can_keep_pack(request.user, programme).insist(PermissionDenied)
    return programme


def paper_or_404(request, slug, pk):
    """Return a paper of the next version, for staff of its programme."""
    programme = programme_of_pack(request, slug)
    papers = WelcomePaper.objects.select_related("programme")
    return get_object_or_404(papers, programme=programme, taken_out_at=None, pk=pk)


def given_or_404(request, slug, pk):
    """Return the pack that somebody was given, for staff of its programme."""
    programme = programme_of_pack(request, slug)
    return get_object_or_404(PackGiven.objects.select_related("person"), pack__programme=programme, pk=pk)


def copy_or_404(request, slug, pk):
    """Return a checked file, for staff and for those who were given a version with it."""
    programme = programme_or_404(request, slug)
    copies = WelcomeCopy.objects.filter(paper__programme=programme, status=WelcomeCopy.Status.READY)
    if not rules.can_keep_pack(request.user, programme):
        copies = copies.filter(pk__in=WelcomeCopy.objects.visible_to(request.user).values("pk"))
    return get_object_or_404(copies, pk=pk)
