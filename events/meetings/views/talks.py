"""Pages of the talks offered around a meeting."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.meetings import rules
from events.meetings.actions import talks
from events.meetings.forms.agenda import TalkForm
from events.meetings.guards import whole_meeting_or_404
from people.models import Person
from programmes.groups import queries as group_queries
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted
from wellbeing.lib.ticks import whole_numbers


@form_page
def talk_offer(request, pk):
    """Offer the members with lived experience a talk before or after the meeting."""
    found = whole_meeting_or_404(request, pk)
    rules.can_offer_talk(request.user, found).insist(PermissionDenied)
    form = TalkForm(posted(request), people=group_queries.people_of(found.group, today()))
    act = partial(talks.offer, meeting=found, by=request.user)
    if attempt(form, lambda: act(**form.values)):
        messages.success(request, _("Members with lived experience are being told, each in the way they chose."))
        return redirect(found)
    return show_form(
        request,
        form,
        title=_("Offer a talk"),
        caption=str(found),
        lead=_("It is offered to the members with lived experience. They say yes or no thanks."),
        back_url=found.get_absolute_url(),
        submit=_("Offer it"),
    )


@button_page
def talk_yes(request, pk, talk_pk):
    """Record that a member would like the talk."""
    return _answer(request, pk, talk_pk, wants=True)


@button_page
def talk_no(request, pk, talk_pk):
    """Record that a member does not want the talk."""
    return _answer(request, pk, talk_pk, wants=False)


def _answer(request, pk, talk_pk, *, wants):
    """Record an answer: the reader's own, or that of the member whose key was sent, who told the reader."""
    found = whole_meeting_or_404(request, pk)
    talk = get_object_or_404(found.talks, pk=talk_pk)
    keys = whole_numbers([request.POST.get("person", "")])
    person = get_object_or_404(Person, pk=keys.pop()) if keys else None
    if attempt_button(request, lambda: talks.answer(talk=talk, wants=wants, by=request.user, person=person)):
        messages.success(request, _("Thank you. We have noted that."))
    return redirect(f"{found.get_absolute_url()}#talks")
