"""Pages that plan an event or several, and change or cancel the later ones of a series."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.planning import actions as planning_actions
from events.planning import rules
from events.planning.forms import CancelForm
from events.planning.guards import managed_event, programme_of_events
from events.planning.models import Event
from events.series import actions, queries
from events.series.forms import DateForm, NewEventForm, moments
from wellbeing.lib.dates import bank_holiday, long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_sent, posted
from wellbeing.lib.ticks import whole_numbers


@form_page
def event_new(request, slug):
    """Plan an event, or several; with ?like=<id>, one that begins as a copy of another of the programme.

    Where it comes again, a POST shows all dates first; with `dates` they are planned, with `change` the form comes
    back.
    """
    programme = programme_of_events(request, slug)
    if not rules.can_plan_events(request.user, programme):
        raise PermissionDenied
    events = Event.objects.visible_to(request.user).filter(programme=programme)
    like = events.filter(pk__in=whole_numbers(request.GET.getlist("like"))).first()
    form = NewEventForm(posted(request), programme=programme, user=request.user, like=like)
    draft = "draft" in form.data
    if form.is_bound and form.is_valid() and form.cleaned_data["repeats"] and "change" not in form.data:
        return _several(request, programme, form, like, draft=draft)
    plan = {"programme": programme, "by": request.user, "like": like, "draft": draft}
    if "change" not in form.data and (done := attempt(form, lambda: actions.plan_like(**plan, **form.values))):
        text = _("The draft is saved. Only staff of this programme see it.")
        messages.success(request, text if draft else _("The event is planned. Next, choose who to invite."))
        return redirect(done.result)
    return render(request, "events/planning/form.html", {"programme": programme, "form": form, "like": like})


def _several(request, programme, form, like, *, draft):
    """Show the dates of a series to change or remove, and plan those that are left."""
    sent = form.data if "dates" in form.data else None
    with_times = not form.more_days
    times = {name: form.cleaned_data[name] for name in ("starts", "ends")}
    rows = [
        DateForm(
            sent,
            prefix=f"date-{number}",
            programme=programme,
            with_times=with_times,
            initial={"take": True, "day": date, **times},
        )
        for number, date in enumerate(form.dates, start=1)
    ]
    refused = ""
    if sent is not None and is_sent(form, *rows):
        dates = [moments(form.values, row.cleaned_data) for row in rows if row.cleaned_data["take"]]
        plan = {"programme": programme, "by": request.user, "like": like, "draft": draft, "dates": dates}
        own = {name: value for name, value in form.values.items() if name not in {"starts_at", "ends_at", "reply_by"}}
        try:
            made = actions.plan_series(**plan, **own)
        except ActionError as error:
            refused = str(error)
        else:
            text = ngettext("%(n)s event is planned.", "%(n)s events are planned.", len(made))
            messages.success(request, text % {"n": len(made)})
            return redirect(made[0])
    kept = [(name, value) for name, values in form.data.lists() for value in values if not _is_of_the_dates(name)]
    context = {
        "programme": programme,
        "title": form.cleaned_data["title"],
        "rows": [(row, date, _holiday(date)) for row, date in zip(rows, form.dates, strict=True)],
        "kept": kept,
        "refused": refused,
        "draft": draft,
    }
    return render(request, "events/series/dates.html", context)


def _is_of_the_dates(name):
    return name in {"csrfmiddlewaretoken", "dates", "change"} or name.startswith("date-")


def _holiday(date):
    """Say that a date is a bank holiday, and which; "" for other days."""
    name = bank_holiday(date)
    return _("Bank holiday: %(name)s") % {"name": name} if name else ""


@form_page
def series_cancel(request, pk):
    """Cancel an event and the later ones of its series, and tell everyone who was told of them."""
    event = managed_event(request, pk)
    later = list(queries.later_ones(event))
    problem = rules.can_cancel(request.user, event).why_not
    if problem or not later:
        messages.error(request, problem or _("No later event of this series can be cancelled."))
        return redirect(event)
    form = CancelForm(posted(request))
    act = {"event": event, "by": request.user}
    if done := attempt(form, lambda: actions.cancel_with_later(**act, reason=form.cleaned_data["reason"])):
        number = len(done.result)
        text = ngettext("%(n)s event is cancelled.", "%(n)s events are cancelled.", number) % {"n": number}
        messages.success(request, text)
        return redirect(event)
    context = {"programme": event.programme, "event": event, "form": form, "events": [event, *later]}
    return render(request, "events/series/cancel.html", context)


@form_page
def series_change(request, pk):
    """Show what the later events of a series would take over from this one, and change them."""
    event = managed_event(request, pk)
    later = queries.what_would_change(event)
    if not any(each.changes for each in later):
        messages.info(request, _("The later events of this series are like this one. There is nothing to change."))
        return redirect(event)
    if request.method == "POST" and (
        done := attempt_button(request, lambda: actions.change_later(event=event, by=request.user))
    ):
        number = len(done.result)
        text = ngettext("%(n)s later event is changed.", "%(n)s later events are changed.", number) % {"n": number}
        messages.success(request, text)
        return redirect(event)
    context = {"programme": event.programme, "event": event, "later": later, "day": long_date(event.starts_at)}
    return render(request, "events/series/change.html", context)


@button_page
def event_publish(request, pk):
    """Publish a draft; with `series`, the later drafts of its series as well."""
    event = managed_event(request, pk)
    act = actions.publish_series if "series" in request.POST else _publish_one
    if done := attempt_button(request, lambda: act(event=event, by=request.user)):
        text = ngettext(
            "It is published. Next, choose who to invite.",
            "%(n)s events are published. Next, choose who to invite.",
            len(done.result),
        )
        messages.success(request, text % {"n": len(done.result)})
    return redirect(event)


def _publish_one(*, event, by):
    return [planning_actions.publish(event=event, by=by)]


@button_page
def event_discard(request, pk):
    """Throw a draft away."""
    event = managed_event(request, pk)
    if not attempt_button(request, lambda: _discard(event, request.user)):
        return redirect(event)
    messages.success(request, _("The draft is thrown away."))
    return redirect("events", event.programme.slug)


def _discard(event, by):
    planning_actions.discard(event=event, by=by)
    return True
