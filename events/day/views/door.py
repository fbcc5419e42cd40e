"""Show the page of the door: tap who arrives and who leaves, on a phone or a tablet, also while the line is down."""

import datetime as dt
import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.day import actions, queries, rules
from events.day.door import there
from events.planning.guards import managed_event
from wellbeing.lib.dates import day_and_times, short_date, time_of_day, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt_button, button_page, is_refused, read_page

# Taps in one sending: what a device sends at once, with room to spare.
MAX_TAPS = 100


@read_page
def event_door(request, pk):
    """List everyone who may come, with what was noted of each; find others of the programme by name."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_check_in(request.user, event)):
        return redirect(event)
    noted = there(event, today())
    expected = queries.expected_at_door(event, noted)
    search = request.GET.get("q", "").strip()
    others, found_nearly = queries.found_beside(event, search, [each.person.pk for each in expected])
    context = {
        "event": event,
        "programme": event.programme,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "lines": [_line(event, each) for each in expected],
        "counts": _counts(noted),
        "search": search,
        "others": [_line(event, each) for each in queries.at_door(event, others[: queries.MOST_FOUND], noted)],
        "too_many": len(others) > queries.MOST_FOUND,
        "found_nearly": found_nearly,
        "sign_in": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "events/day/door.html", context)


def _line(event, expected):
    return {
        "person": expected.person,
        "there": expected.there,
        "words": _in_words(expected.there),
        "said": ", ".join(filter(None, [_reply_words(expected), expected.how, _supporter_words(expected)])),
        # A button pressed twice sends the same key twice.
        "key": uuid.uuid4(),
        "url": reverse("event_door_tap", args=[event.pk]),
    }


def _reply_words(expected):
    if not expected.invited:
        return _("was not invited")
    words = {
        "not_sure": _("was not sure"),
        "not_coming": _("said they could not come"),
        "waiting": _("would come if a place was free"),
        "": _("did not reply"),
    }
    return words.get(expected.reply, "")


def _supporter_words(expected):
    return _("comes with a supporter") if expected.needs_supporter else ""


def _in_words(stands):
    if stands.left:
        words = _("Left at %(time)s") % {"time": time_of_day(stands.left)}
    elif stands.arrived:
        words = _("Arrived at %(time)s") % {"time": time_of_day(stands.arrived)}
    else:
        return ""
    if not stands.supporters:
        return words
    with_them = ngettext("with a supporter", "with %(number)s supporters", stands.supporters)
    return f"{words}, {with_them % {'number': stands.supporters}}"


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
        person, supporters = int(data.get("person", "")), int(data.get("supporters", "0"))
        tap = _tap(person, data.get("what"), data.get("key"), timezone.now(), supporters)
    except ValueError:
        messages.error(request, _("We do not know this kind of note. Open the page again."))
        return redirect("event_door", event.pk)
    attempt_button(request, lambda: actions.note_at_door(event=event, taps=[tap], by=request.user))
    return redirect(f"{reverse('event_door', args=[event.pk])}#person-{tap.person}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_door_now(request, pk):
    """Answer with how everybody stands; a POST first keeps the taps of a device.

    Sent is {"now": the device's time, "taps": [{"key", "person", "what", "at", "supporters"}]}, times in milliseconds,
    so that a device whose clock is wrong is understood. The answer is {"kept", "refused", "people", "counts", "token"}:
    `kept` lists the keys that the device may forget; `refused` says for each key why a tap cannot be kept. A tap is
    judged alone, so that one that cannot be kept holds up no other.
    """
    event = managed_event(request, pk)
    kept: list[str] = []
    refused: dict[str, str] = {}
    if request.method == "POST":
        try:
            sent = json.loads(request.body)
            now, taps = int(sent["now"]), list(sent["taps"])[:MAX_TAPS]
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
            return JsonResponse({"kept": [], "refused": {}}, status=400)
        for each in taps:
            _keep(request, event, each, now, kept, refused)
    noted = there(event, today())
    people = {pk: {"state": stands.state, "words": _in_words(stands)} for pk, stands in noted.items()}
    return JsonResponse(
        {"kept": kept, "refused": refused, "people": people, "counts": _counts(noted), "token": get_token(request)}
    )


def _keep(request, event, each, now, kept, refused):
    """Keep one tap as it was sent; add its key to `kept`, or to `refused` with the reason."""
    key = str(each.get("key", "")) if isinstance(each, dict) else ""
    try:
        ago = dt.timedelta(milliseconds=now - int(each["at"]))
        tap = _tap(each["person"], each["what"], key, timezone.now() - ago, each.get("supporters", 0))
        actions.note_at_door(event=event, taps=[tap], by=request.user)
    except (ValueError, TypeError, KeyError, OverflowError):
        refused[key] = _("We do not know this kind of note. Open the page again.")
    except ActionError as error:
        refused[key] = str(error)
    else:
        kept.append(key)


def _tap(person, what, key, at, supporters):
    """Return an actions.Tap of what was sent. Raises ValueError for what none of our pages sends."""
    if type(person) is not int or type(supporters) is not int or not 0 < person < 2**63:
        raise ValueError(person)
    return actions.Tap(uuid.UUID(str(key)), person, str(what), at, supporters)
