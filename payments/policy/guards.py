"""Fetch the programme or the draft a page of the policy is about, or refuse the reader."""

from django.contrib import messages
from django.utils.translation import gettext as _

from payments.policy import queries, rules
from payments.shared.guards import programme_for
from programmes.models import Programme


def published_or_own_programme(request, slug):
    """Return the programme called `slug`: to anyone once its policy is published, before that to people in it.

    Raises Http404 or PermissionDenied for others.
    """
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None or not queries.policies(programme).exists():
        return programme_for(request, slug, rules.can_see_policy)
    request.programme = programme
    return programme


def draft_for(request, slug):
    """Return the programme and its draft with its rules, or None for the draft, with a message, where there is none."""
    programme = programme_for(request, slug, rules.can_set_policy)
    draft = queries.draft_of(programme)
    if draft is None:
        messages.warning(request, _("There is no draft. Somebody may have published it or thrown it away."))
    return programme, draft
