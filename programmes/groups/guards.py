"""Fetch the group a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from programmes.programme.guards import programme_or_404
from programmes.programme.models.groups import Group


def group_or_404(request, slug, pk):
    """Return the group at this address, within its programme; 404 for strangers."""
    programme = programme_or_404(request, slug)
    group = get_object_or_404(Group.objects.filter(programme=programme), pk=pk)
    group.programme = programme
    return group
