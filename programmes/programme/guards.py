"""Fetch the programme a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from programmes.programme.models.programmes import Programme


def programme_or_404(request, slug):
    """Return the programme at this address, for people with a role in it; a stranger gets 404.

    The header then names it.
    """
    request.programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    return request.programme
