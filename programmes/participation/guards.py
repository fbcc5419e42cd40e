"""Fetch the programme or report a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from people.monitoring import queries as monitoring
from programmes.participation import rules
from programmes.participation.models import ParticipationReport
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import today


def readable_programme(request, slug):
    """Return the programme at this address for those who read its reports; others in it get 403, a stranger 404."""
    programme = programme_or_404(request, slug)
    rules.can_read(request.user, programme).insist(PermissionDenied)
    return programme


def profile_of(request, slug):
    """Return the programme at this address for its staff, likewise."""
    programme = programme_or_404(request, slug)
    rules.can_set_profile(request.user, programme).insist(PermissionDenied)
    return programme


def report_or_404(request, pk):
    """Return the report at this address, likewise."""
    rows = ParticipationReport.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    report = get_object_or_404(rows.select_related("programme"), pk=pk)
    request.programme = report.programme
    rules.can_read(request.user, report.programme).insist(PermissionDenied)
    return report


def question_or_404(key):
    """Return the question of this key as it is asked today."""
    question = next((one for one in monitoring.questions(today()) if one.key == key), None)
    if question is None:
        raise Http404
    return question
