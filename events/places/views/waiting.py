"""The places of an event and its waiting list, for staff."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.places import queries, rules, said
from events.places.actions import numbers, offers
from events.places.forms import OfferForm, PlacesForm
from events.places.models import WaitingPlace, WaitingStatus
from events.planning import rules as planning_rules
from events.planning.guards import managed_event
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_refused, posted, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing

TONES = {
    WaitingStatus.WAITING: "waiting",
    WaitingStatus.OFFERED: "attention",
    WaitingStatus.TAKEN: "good",
    WaitingStatus.LET_GO: "quiet",
    WaitingStatus.PASSED: "quiet",
    WaitingStatus.LEFT: "quiet",
}


@read_page
def event_places(request, pk):
    """Show how the places of an event stand, and who waits for one, in order."""
    event = managed_event(request, pk)
    places, may_set = queries.places_of(event), bool(rules.can_set_places(request.user, event))
    listing = _listing(request, event, may_set)
    if listing.wants_export:
        return listing.export()
    context = {
        "programme": event.programme,
        "event": event,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "places": places,
        "standing": said.in_numbers(queries.count_of(event, places), places),
        "listing": listing,
        "may_set": may_set,
    }
    return render(request, "events/places/waiting.html", context)


def _listing(request, event, may_set):
    def offer_cell(row):
        if not may_set or row.status != WaitingStatus.WAITING:
            return ""
        return _("Offer a place now")

    return Listing(
        request,
        queries.everybody_who_waited(event),
        columns=[
            Column(
                "person",
                _("Name"),
                value="invitation.person.full_name",
                link=lambda row: reverse("person", args=[row.invitation.person_id]),
            ),
            Column("position", _("Order"), value=_position, numeric=True),
            Column("since", _("On the list since"), kind=MOMENT, shape="code"),
            Column("status", _("How it stands"), value=WaitingPlace.get_status_display, tag=_tag, shape="code"),
            Column("until", _("Kept until"), kind=MOMENT, shape="code"),
            Column("by", _("Offered by hand"), value=_by_hand, shape="wrap"),
            *(
                [
                    Column(
                        "offer",
                        _("Out of order"),
                        value=offer_cell,
                        link=lambda row: reverse("place_offer", args=[row.pk]) if offer_cell(row) else "",
                        screen_only=True,
                        shape="code",
                    )
                ]
                if may_set
                else []
            ),
        ],
        search=["invitation__person__search_key"],
        search_label=_("Search people"),
        name="waiting-list",
        caption=_("Waiting list of %(event)s") % {"event": event},
        empty_title=_("Nobody has had to wait for a place"),
        empty_text=_("When every place is taken, people who say that they will come are put on a list here."),
    )


def _position(row):
    return row.position if row.status == WaitingStatus.WAITING else ""


def _tag(row):
    return {"label": row.get_status_display(), "tone": TONES[WaitingStatus(row.status)]}


def _by_hand(row):
    if row.offered_by is None:
        return ""
    words = f"{row.offered_by}: {row.reason}"
    return _("%(words)s (one place more than there are)") % {"words": words} if row.beyond else words


@form_page
def event_places_edit(request, pk):
    """Say how many places an event has, and how many of them are kept."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_set_places(request.user, event)):
        return redirect(event)
    form = PlacesForm(posted(request), event=event)
    act = partial(numbers.set_places, event=event, by=request.user)
    if attempt(form, lambda: act(**form.values), edits=getattr(event, "places", None)):
        messages.success(request, _("The places are saved."))
        return redirect("event_places", event.pk)
    return show_form(
        request,
        form,
        title=_("Places at this event"),
        caption=event.title,
        back_url=reverse("event_places", args=[event.pk]),
        submit=_("Save the places"),
    )


@form_page
def place_offer(request, pk):
    """Offer a place to somebody on the list out of order, with a reason."""
    rows = WaitingPlace.objects.select_related("invitation__person", "invitation__event__programme")
    row = get_object_or_404(rows.visible_to(request.user), pk=pk)
    event = row.invitation.event
    request.programme = event.programme
    planning_rules.can_manage_event(request.user, event).insist(PermissionDenied)
    problem = rules.can_set_places(request.user, event).why_not
    if not problem and row.status != WaitingStatus.WAITING:
        problem = _("They do not wait for an offer any more.")
    if problem:
        messages.error(request, problem)
        return redirect("event_places", event.pk)
    count = queries.count_of(event)
    form = OfferForm(posted(request), is_free=count.free is None or count.free > 0, number=count.number)
    if done := attempt(form, lambda: offers.offer_to(row=row, by=request.user, **form.values), edits=row):
        messages.success(request, _said_of(done.result))
        return redirect("event_places", event.pk)
    return show_form(
        request,
        form,
        title=_("Offer a place to %(name)s") % {"name": row.invitation.person.full_name},
        caption=event.title,
        back_url=reverse("event_places", args=[event.pk]),
        submit=_("Offer the place"),
    )


def _said_of(row):
    return _("The place is kept for %(name)s until %(until)s. We tell them in the way they chose.") % {
        "name": row.invitation.person,
        "until": said.deadline_in_words(row),
    }


@button_page
def event_waiting_close(request, pk):
    """Close the waiting list of an event."""
    event = managed_event(request, pk)
    if done := attempt_button(request, lambda: numbers.close_list(event=event, by=request.user)):
        told = done.result
        words = ngettext(
            "The list is closed. We tell %(n)s person that no place came free.",
            "The list is closed. We tell %(n)s people that no place came free.",
            told,
        )
        messages.success(request, words % {"n": told} if told else _("The list is closed."))
    return redirect("event_places", event.pk)


@button_page
def event_waiting_open(request, pk):
    """Open the waiting list of an event again."""
    event = managed_event(request, pk)
    if attempt_button(request, lambda: numbers.open_list(event=event, by=request.user)):
        messages.success(request, _("The list is open again. Free places are offered in order."))
    return redirect("event_places", event.pk)
