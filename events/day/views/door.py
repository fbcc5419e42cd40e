"""Show the page of the door: tap who arrives and who leaves, on a phone or a tablet, also while the line is down."""

import datetime as dt
import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.day import actions, queries, rules
from events.day.door import there
from events.planning.guards import managed_event
from wellbeing.lib.dates import day_and_times, short_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.tables import found_in

MAX_FOUND = 20
# Taps in one sending: a device that was without a line all day has no more.
MAX_TAPS = 500


@read_page
def event_door(request, pk):
    """List everyone who may come, with what was noted of each; find others of the programme by name."""
    event = managed_event(request, pk)
    problem = rules.can_check_in(request.user, event).why_not
    if problem:
        messages.error(request, problem)
        return redirect(event)
    expected = queries.expected_at_door(event)
    search = request.GET.get("q", "").strip()
    others, found_nearly = _others(event, search, expected)
    lines = [_line(event, each) for each in expected]
    context = {
        "event": event,
        "programme": event.programme,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "lines": lines,
        "counts": _counts(there(event)),
        "search": search,
        "others": [_line(event, each) for each in queries.at_door(event, others, {})],
        "found_nearly": found_nearly,
    }
    return render(request, "events/day/door.html", context)


def _line(event, expected):
    return {
        "person": expected.person,
        "there": expected.there,
        "words": _in_words(expected.there),
        "invited": expected.invited,
        "reply": expected.reply,
        "needs_supporter": expected.needs_supporter,
        # A button pressed twice sends the same key twice.
        "key": uuid.uuid4(),
        "url": reverse("event_door_tap", args=[event.pk]),
    }


def _others(event, search, expected):
    if not search:
        return [], False
    people = queries.people_who_may_have_come(event).exclude(pk__in=[each.person.pk for each in expected])
    people, found_nearly = found_in(people, search, ["search_key"])
    return people.order_by("sort_key", "pk")[:MAX_FOUND], found_nearly


def _in_words(stands):
    if stands.left:
        words = _("Left at %(time)s") % {"time": time_of_day(stands.left)}
    elif stands.arrived:
        words = _("Arrived at %(time)s") % {"time": time_of_day(stands.arrived)}
    else:
        return ""
    return _("%(state)s, with a supporter") % {"state": words} if stands.supporters else words


def _counts(noted):
    here = [stands for stands in noted.values() if stands.state == "arrived"]
    return {
        "here": len(here),
        "left": len(noted) - len(here),
        "supporters": sum(stands.supporters for stands in here),
    }


@button_page
def event_door_tap(request, pk):
    """Keep one tap, sent by a form, where there is no script."""
    event = managed_event(request, pk)
    data = request.POST
    try:
        tap = _tap(data.get("person"), data.get("what"), data.get("key"), "", data.get("supporters", "0"))
    except ValueError:
        messages.error(request, _("We do not know this kind of note. Open the page again."))
        return redirect("event_door", event.pk)
    attempt_button(request, lambda: actions.note_at_door(event=event, taps=[tap], by=request.user))
    return redirect(f"{reverse('event_door', args=[event.pk])}#person-{tap.person}")


@require_POST
@login_required
def event_door_now(request, pk):
    """Keep the taps of a device, and answer with how everybody stands: {"kept", "refused", "people", "counts"}.

    `kept` lists the keys that the device may forget; `refused` says for each key why a tap cannot be kept. A tap is
    judged alone, so that one that cannot be kept holds up no other.
    """
    event = managed_event(request, pk)
    try:
        sent = json.loads(request.body or b"[]")
        taps = {str(each["key"]): each for each in list(sent)[:MAX_TAPS]}
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"refused": {}, "kept": []}, status=400)
    kept, refused = [], {}
    for key, each in taps.items():
        try:
            tap = _tap(each.get("person"), each.get("what"), key, each.get("at"), each.get("supporters", 0))
            actions.note_at_door(event=event, taps=[tap], by=request.user)
        except ValueError:
            refused[key] = _("We do not know this kind of note. Open the page again.")
        except ActionError as error:
            refused[key] = str(error)
        else:
            kept.append(key)
    noted = there(event)
    people = {pk: {"state": stands.state, "words": _in_words(stands)} for pk, stands in noted.items()}
    return JsonResponse({"kept": kept, "refused": refused, "people": people, "counts": _counts(noted)})


def _tap(person, what, key, at, supporters):
    """Return an actions.Tap of what was sent; `at` is milliseconds since 1970, or "" for now. Raises ValueError."""
    try:
        moment = dt.datetime.fromtimestamp(int(at) / 1000, dt.UTC) if at else timezone.now()
        person = int(person)
        if not 0 < person < 2**63:
            raise ValueError(person)
        return actions.Tap(uuid.UUID(str(key)), person, str(what), moment, int(supporters))
    except (TypeError, OverflowError, OSError) as error:
        raise ValueError(str(error)) from error
