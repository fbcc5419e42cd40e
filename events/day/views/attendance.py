"""Show the page on which staff record who came."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events import registry
from events.day import actions, queries, rules
from events.day.door import there
from events.day.forms import DaysThereForm, HoursThereForm
from events.inviting.models import Invitation
from events.planning.guards import managed_event
from events.planning.models import Event
from events.planning.tabs import CLAIMS, tab_url
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import form_page, is_refused
from wellbeing.lib.ticks import BUTTON, Ticks, whole_numbers


@form_page
def event_attendance(request, pk):
    """Tick who came: everyone invited, and anyone else of the programme, found by name or by their group.

    Looking for a name is a POST as well, so that the ticks and hours already entered are kept.
    """
    event = managed_event(request, pk)
    if is_refused(request, rules.can_record(request.user, event)):
        return redirect(event)
    ticks = _ticks(request, event)
    groups = queries.groups_who_may_have_come(event)
    came = _first_ticks(event) if ticks.kept is None else ticks.ids
    asks_to_save = False
    if request.method == "POST":
        ticks.take_in(before=came)
        came = ticks.sent.ids
        if request.POST.get(BUTTON) == "save":
            return HttpResponse(status=204)
        wanted = _ticked_by_button(request, event, came, groups)
        asks_to_save = wanted is None and "find" not in request.POST
        came = came if wanted is None else wanted
        ticks.keep(came)
    rows, form = _rows(request, event, came)
    refused = ""
    if asks_to_save and form.is_valid():
        seen = _seen(event)
        if request.POST.get("recorded", seen) != seen:
            came = (_first_ticks(event) - ticks.sent.removed) | ticks.sent.added
            rows, form = _rows(request, event, came)
            refused = _(
                "Somebody recorded who came, or noted somebody at the door, while you had this open. Their ticks are"
                " below, with your changes. Check them, then save again."
            )
        else:
            try:
                actions.record(event=event, came=came, by=request.user, **form.answers)
            except ActionError as error:
                refused = str(error)
            else:
                ticks.forget()
                said = [say(event) for say in registry.said_after_attendance]
                messages.success(request, " ".join([_("Saved."), *filter(None, said)]))
                return redirect(tab_url(event, CLAIMS))
    return _show(request, event, came, groups, refused, rows, form)


def _rows(request, event, came):
    """Return the people on the page, with the form of their hours."""
    # Only who may have come is named, whatever numbers were sent.
    may_have_come = queries.people_who_may_have_come(event).filter(pk__in=came).values_list("pk", flat=True)
    rows = queries.attendance_rows(event, extra_ids=may_have_come)
    sent = request.POST if request.method == "POST" else None
    if event.has_several_days:
        return rows, DaysThereForm(sent, rows=rows, days=event.days)
    return rows, HoursThereForm(sent, rows=rows)


def _show(request, event, came, groups, refused, rows, form):
    search = request.POST.get("search", "").strip() if "find" in request.POST else ""
    listed = [row.person.pk for row in rows]
    results, found_nearly = queries.found_beside(event, search, listed)
    noted = [row for row in rows if row.there.state]
    context = {
        "form": form,
        "lines": [(row, form.boxes_of(row.person)) for row in rows],
        "recorded": _seen(event),
        "event": event,
        "programme": event.programme,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "came": came,
        "ticked": [person_id for person_id in listed if person_id in came],
        "groups": [{"group": group, "n": len(people), "all_here": people <= set(came)} for group, people in groups],
        "search": search,
        "searched": "find" in request.POST,
        "results": results[: queries.MOST_FOUND],
        "found_nearly": found_nearly,
        "too_many": len(results) > queries.MOST_FOUND,
        "refused": refused,
        "first_time": event.status != Event.Status.HELD,
        "noted": noted,
        "not_ticked": [row.person.name_in_list for row in noted if row.person.pk not in came],
    }
    return render(request, "events/day/attendance.html", context)


def _ticked_by_button(request, event, came, groups):
    """Return who is ticked after a button for the ticks alone: those of a group, all, none. None for another button."""
    if asked := whole_numbers(request.POST.getlist("group")):
        return set(came).union(*(people for group, people in groups if group.pk in asked))
    if request.POST.get(BUTTON) == "all":
        return came | {row.person.pk for row in queries.attendance_rows(event)}
    return set() if request.POST.get(BUTTON) == "none" else None


def _recorded(event):
    """Return a mark of when who came was last recorded, so that nobody undoes what they have not seen."""
    recorded = queries.last_recorded_at(event)
    return str(recorded.timestamp()) if recorded else ""


def _seen(event):
    """Return a mark of all that the page rests on: what was recorded, and what was noted at the door."""
    return f"{_recorded(event)}-{queries.last_note_of(event)}"


def _ticks(request, event):
    """Return the ticks of the event. They begin anew once somebody has recorded who came."""
    return Ticks(request, f"came-{event.pk}-{_recorded(event)}")


def _first_ticks(event):
    """Return the people to tick when the page opens: those recorded.

    The first time, those noted at the door, with those who said that they would join online, where nobody notes them;
    where nobody was noted, those who said they would come.
    """
    if event.status == Event.Status.HELD:
        return set(event.attendances.filter(came=True).values_list("person_id", flat=True))
    coming = event.invitations.filter(reply=Invitation.Reply.COMING)
    if noted := there(event):
        online = coming.filter(joins=Invitation.Joins.ONLINE) if event.can_be_joined_both_ways else coming.none()
        return {*noted, *online.values_list("person_id", flat=True)}
    return set(coming.values_list("person_id", flat=True))
