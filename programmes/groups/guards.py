"""Fetch the group a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from programmes.programme.guards import programme_or_404
from programmes.programme.models.groups import Group


def group_or_404(request, slug, pk):
    """The group at this address, within its programme."""
    programme = programme_or_404(request, slug)
    group = get_object_or_404(Group.objects.filter(programme=programme), pk=pk)
    group.programme = programme
    return group
