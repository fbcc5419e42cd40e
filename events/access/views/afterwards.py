"""After an event: how far needs were met, what people say to that, and the list of a year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.access import queries, rules
from events.access.actions import recording
from events.access.forms import NeedFilter, RepliesForm, ResultsForm
from events.access.models import EventNeed, NeedsTold
from events.planning.guards import managed_event, visible_event
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from programmes.programme.guards import programme_or_404
from wellbeing.lib.dates import day_and_times, short_date, today
from wellbeing.lib.form_pages import attempt, form_page, is_refused, posted, read_page
from wellbeing.lib.links import page_of_link
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

TONES = {EventNeed.Result.MET: "good", EventNeed.Result.PARTLY: "waiting", EventNeed.Result.NOT_MET: "bad"}


@form_page
@shows(Look.Kind.NEEDS)
def access_record(request, pk):
    """Record how far each need was met. Everybody whose needs are all recorded is told."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_record(request.user, event)):
        return redirect("event_access", pk)
    needs = queries.needs_to_record(event)
    note_looks(request.user, [need.person_id for need in needs], Look.Kind.NEEDS)
    form = ResultsForm(posted(request), needs=needs)
    seen = {_("Recorded"): " ".join(f"{need.pk}:{need.recorded_at}" for need in needs if need.result)}
    act = recording.record
    if done := attempt(form, lambda: act(event=event, results=form.answers, by=request.user), edits=event, facts=seen):
        told = len(done.result)
        messages.success(
            request,
            _("Saved. Those whose needs are all recorded are being told, each in the way they chose.")
            if told
            else _("Saved."),
        )
        return redirect("event_access", pk)
    context = {
        "programme": event.programme,
        "event": event,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "form": form,
        "people": _by_person(form),
        "told": set(NeedsTold.objects.filter(event=event, times__gt=0).values_list("person_id", flat=True)),
    }
    return render(request, "events/access/record.html", context)


def _by_person(form):
    """Return the needs of a form by their people: [(person, [(need, choice, words), …]), …]."""
    people: dict[int, tuple[Any, list[Any]]] = {}
    for need in form.needs:
        people.setdefault(need.person_id, (need.person, []))[1].append((need, *form.boxes_of(need)))
    return list(people.values())


@form_page
def needs_reply_for(request, pk, person_pk):
    """Write down for somebody what they say to what was recorded of their needs."""
    event = managed_event(request, pk)
    told = get_object_or_404(_told_rows(), event=event, person=person_pk)
    form = RepliesForm(posted(request), needs=_recorded_of(told), name=told.person.short_name)
    if attempt(form, lambda: recording.reply(told=told, replies=form.answers, by=request.user), edits=told):
        messages.success(request, _("Saved. We will tell them what you wrote down."))
        return redirect("access_record", pk)
    context = {"programme": event.programme, "event": event, "told": told, "form": form, "people": _by_person(form)}
    return render(request, "events/access/reply_for.html", context)


@form_page
def your_needs(request, pk):
    """Show the person signed in what was recorded of their needs, and take in whether it is so."""
    event = visible_event(request, pk)
    told = _told_rows().filter(event=event, person__user=request.user).first()
    if told is None:
        raise PermissionDenied(_("You see here how your own needs were met, once that has been recorded."))
    form = RepliesForm(posted(request), needs=_recorded_of(told))
    if attempt(form, lambda: recording.reply(told=told, replies=form.answers, by=request.user), edits=told):
        messages.success(request, _("Thank you. We have noted what you told us."))
        return redirect("your_needs", pk)
    return render(request, "events/access/your_needs.html", _answer_page(told, form))


def _told_rows():
    return NeedsTold.objects.filter(times__gt=0).select_related("event__programme", "person")


# As for the reply to an invitation: the key in the address is the secret that a CSRF token would be, and under
# "no-referrer" a browser sends the form with `Origin: null`, which Django's check refuses.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page_of_link(_told_rows, "events/inviting/reply_unknown.html")
def needs_link(request, told):
    """Show a person without signing in what was recorded of their needs, and take in whether it is so."""
    form = RepliesForm(posted(request), needs=_recorded_of(told))
    if attempt(form, lambda: recording.reply(told=told, replies=form.answers, by=None), edits=told):
        return redirect("needs_link", told.link_key)
    return render(request, "events/access/your_needs.html", {**_answer_page(told, form), "by_link": True})


def _recorded_of(told):
    rows = EventNeed.objects.counted().filter(event=told.event, person=told.person).exclude(result="")
    return list(rows.select_related("person"))


def _answer_page(told, form):
    return {
        "event": told.event,
        "programme": told.event.programme,
        "person": told.person,
        "form": form,
        "people": _by_person(form),
        "is_answered": bool(form.needs) and all(need.reply for need in form.needs),
    }


@read_page
def access_results(request, slug):
    """List for staff how far each need of the last year was met, and what its person says."""
    programme = programme_or_404(request, slug)
    rules.can_see_results(request.user, programme).insist(PermissionDenied)
    rows = queries.recorded_in_a_year(programme, today()).select_related("event", "person")
    listing = Listing(
        request,
        rows,
        columns=[
            Column("event", _("Event"), value="event.title", sort="event__title", link=_record_page, shape="wrap"),
            Column("day", _("When"), value="event.day", kind=DATE, sort="event__starts_at", shape="code"),
            Column("person", _("Name"), value="person.full_name", sort="person__sort_key", shape="code"),
            Column("need", _("Need"), value=str, sort="kind", shape="wrap"),
            Column("result", _("How far it was met"), value=_result, sort="result", tag=_result_tag, shape="code"),
            Column("note", _("How it went"), shape="wrap"),
            Column("reply", _("What the person says"), value=_reply, sort="reply", shape="wrap"),
        ],
        search=["person__search_key", "event__title", "words", "note"],
        search_label=_("Search needs"),
        filters=NeedFilter,
        default_sort="-event__starts_at",
        name=f"{programme.slug}-access-needs",
        caption=_("Access needs of the last year"),
        empty_title=_("Nobody has recorded yet how far needs were met"),
        empty_text=_("After an event, it is recorded on its page for access."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "events/access/results.html", {"programme": programme, "listing": listing})


def _record_page(need):
    return reverse("access_record", args=[need.event_id])


def _result(need):
    return need.get_result_display()


def _result_tag(need):
    return {"label": need.get_result_display(), "tone": TONES[EventNeed.Result(need.result)]}


def _reply(need):
    if not need.reply:
        return _("Nothing yet")
    reply = str(need.get_reply_display())
    return f"{reply}: {need.reply_words}" if need.reply_words else reply
