"""Pages of a meeting's minutes."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.meetings import rules
from events.meetings.actions import minutes
from events.meetings.forms.minutes import (
    AgreeForm,
    CorrectionForm,
    ItemMinutesForm,
    MeetingActionForm,
    NoteForm,
    SettleForm,
)
from events.meetings.guards import item_or_404, meeting_or_404, whole_meeting_or_404
from events.meetings.models import AgendaItem
from events.meetings.page import MeetingPage
from events.meetings.queries import lists
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@read_page
def meeting_minutes(request, pk):
    """Show the minutes: the whole to members and staff, the published part to everybody else in the programme."""
    found = meeting_or_404(request, pk)
    page = MeetingPage(found, request.user, today())
    context = {"programme": found.group.programme, "meeting": found, "event": found.event, "page": page}
    return render(request, "events/meetings/minutes.html", context)


@form_page
def minutes_item(request, pk, item_pk):
    """Write down what was said of an item and what was agreed."""
    item = item_or_404(request, pk, item_pk)
    rules.can_minute(request.user, item.meeting).insist(PermissionDenied)
    initial = {"said": item.said, "agreed": item.agreed, "members_only": item.members_only}
    form = ItemMinutesForm(posted(request), initial=initial)
    act = partial(minutes.write_item, item=item, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=item):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('meeting_minutes', args=[pk])}#item-{item.pk}")
    return _form_of(request, item.meeting, form, title=item.title, submit=_("Save"))


@form_page
def minutes_action(request, pk):
    """Write down something to be done that the meeting agreed."""
    found = whole_meeting_or_404(request, pk)
    rules.can_minute(request.user, found).insist(PermissionDenied)
    form = MeetingActionForm(posted(request), people=group_queries.people_of(found.group, today()), items=_items(found))
    if attempt(form, lambda: minutes.add_action(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The action is written down. It is on the home page of the person who does it."))
        return redirect("meeting_minutes", pk)
    return _form_of(request, found, form, title=_("Add an action"), submit=_("Add this action"))


@button_page
def minutes_send(request, pk):
    """Send the minutes to the members to correct."""
    found = whole_meeting_or_404(request, pk)
    group_rules.can_lead(request.user, found.group).insist(PermissionDenied)
    if attempt_button(request, lambda: minutes.send(meeting=found, by=request.user)):
        messages.success(request, _("Members are being asked to check the minutes, each in the way they chose."))
    return redirect("meeting_minutes", pk)


@form_page
def minutes_correct(request, pk):
    """Say what is not right in the minutes."""
    found = whole_meeting_or_404(request, pk)
    rules.can_correct(request.user, found).insist(PermissionDenied)
    form = CorrectionForm(posted(request), items=_items(found))
    if attempt(form, lambda: minutes.correct(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Thank you. The chair answers it before the minutes are agreed."))
        return redirect("meeting_minutes", pk)
    return _form_of(request, found, form, title=_("Say what is not right"), submit=_("Send it"))


@form_page
def correction_settle(request, pk, correction_pk):
    """Say what became of a correction."""
    found = whole_meeting_or_404(request, pk)
    correction = get_object_or_404(found.corrections.select_related("person"), pk=correction_pk)
    rules.can_agree(request.user, found).insist(PermissionDenied)
    form = SettleForm(posted(request))
    act = partial(minutes.settle, correction=correction, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The answer stands beside what they said."))
        return redirect("meeting_minutes", pk)
    said = _("%(name)s says: %(words)s") % {"name": correction.person, "words": correction.words}
    return _form_of(request, found, form, title=_("Answer a correction"), lead=said, submit=_("Save"))


@form_page
def minutes_agree(request, pk):
    """Record that the group agreed the minutes at a later meeting."""
    found = whole_meeting_or_404(request, pk)
    rules.can_agree(request.user, found).insist(PermissionDenied)
    meetings = lists.where_agreed(found, timezone.now())
    if not meetings.exists():
        messages.error(request, _("The group has not met since. Minutes are agreed at the next meeting."))
        return redirect("meeting_minutes", pk)
    form = AgreeForm(posted(request), meetings=meetings)
    if attempt(form, lambda: minutes.agree(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The minutes are agreed. They no longer change."))
        return redirect("meeting_minutes", pk)
    lead = _("Once they are agreed they never change. A later correction is a note beside them.")
    return _form_of(request, found, form, title=_("The minutes were agreed"), lead=lead, submit=_("They were agreed"))


@button_page
def minutes_publish(request, pk):
    """Let everybody in the programme read the minutes."""
    found = whole_meeting_or_404(request, pk)
    group_rules.can_lead(request.user, found.group).insist(PermissionDenied)
    if attempt_button(request, lambda: minutes.publish(meeting=found, by=request.user)):
        messages.success(request, _("The minutes are published. Parts for members only are left out."))
    return redirect("meeting_minutes", pk)


@form_page
def minutes_note(request, pk):
    """Add a dated note beside minutes that are agreed."""
    found = whole_meeting_or_404(request, pk)
    rules.can_note(request.user, found).insist(PermissionDenied)
    form = NoteForm(posted(request))
    if attempt(form, lambda: minutes.add_note(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The note stands beside the minutes."))
        return redirect("meeting_minutes", pk)
    return _form_of(request, found, form, title=_("Add a note to the minutes"), submit=_("Add the note"))


def _items(found):
    return found.items.filter(is_out=False).exclude(kind=AgendaItem.Kind.BREAK).order_by("position", "pk")


def _form_of(request, found, form, *, title, submit, lead=""):
    return show_form(
        request,
        form,
        title=title,
        caption=str(found),
        lead=lead,
        back_url=reverse("meeting_minutes", args=[found.pk]),
        submit=submit,
    )
