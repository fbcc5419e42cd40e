"""The arrangements of an event: the list of them, one of them, and what is done about it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access import queries, rules
from events.access.actions import arranging
from events.access.forms import NOBODY, ArrangementFilter, ArrangementForm, DoneForm
from events.access.guards import arrangement_or_404, changeable_arrangement
from events.access.models import Arrangement
from events.access.page import TITLES, ArrangementPage
from events.planning.guards import managed_event
from people.needs.models import Whose
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import day_and_times, short_date, today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

TONES = {Arrangement.Status.TO_DO: "waiting", Arrangement.Status.DONE: "good", Arrangement.Status.DROPPED: "quiet"}


@read_page
@shows(Look.Kind.NEEDS)
def event_access(request, pk):
    """List what is arranged for an event, and what is missing until it is ready."""
    event = managed_event(request, pk)
    listing = _listing(request, event)
    note_looks(request.user, queries.people_with_needs(event), Look.Kind.NEEDS)
    if listing.wants_export:
        return listing.export()
    context = {
        "programme": event.programme,
        "event": event,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "listing": listing,
        "ready": queries.readiness_of(event, today()),
        "nobody": NOBODY,
        "may_arrange": bool(rules.can_arrange(request.user, event)),
        "may_record": bool(rules.can_record(request.user, event)),
        "lists": [(title, reverse("access_list", args=[pk, which])) for which, title in TITLES.items()],
    }
    return render(request, "events/access/arrangements.html", context)


def _listing(request, event):
    rows = queries.arrangements_of(event)
    # Arrangements that fell away are found by their status; they stand in the list while somebody has to look at them.
    if not request.GET.get("status"):
        rows = rows.exclude(Q(status=Arrangement.Status.DROPPED) & Q(change=""))
    may_arrange = bool(rules.can_arrange(request.user, event))
    return Listing(
        request,
        rows,
        columns=[
            Column(
                "title",
                _("What"),
                sort="title",
                link=Arrangement.get_absolute_url,
                tags=_flags,
                shape="wrap",
            ),
            Column("for", _("For"), value=_whom, shape="wrap"),
            Column("owner", _("Who sees to it"), value=_owner, sort="owner__sort_key", tag=_owner_tag, shape="code"),
            Column("due_on", _("By when"), kind=DATE, sort="due_on", shape="code"),
            Column("status", _("Status"), value=_status, sort="status", tag=_status_tag, shape="code"),
            Column("how", _("How it is arranged"), export_only=True),
        ],
        search=["title", "how", "owner__search_key"],
        search_label=_("Search arrangements"),
        filters=ArrangementFilter,
        default_sort="due_on",
        name="access",
        caption=_("Arrangements for %(event)s") % {"event": event},
        empty_title=_("Nothing is arranged yet"),
        empty_text=_(
            "When somebody says that they come, each of their access needs becomes an arrangement here. You can add"
            " others."
        ),
        empty_url=reverse("arrangement_new", args=[event.pk]) if may_arrange else "",
        empty_action=_("Add an arrangement"),
    )


def _flags(row):
    return [{"label": _("Changed"), "tone": "attention"}] if row.has_changed else []


def _whom(row):
    found = "; ".join(_of_whom(need) for need in row.needs.all() if need.gone_at is None)
    return found or _("Nobody in particular")


def _of_whom(need):
    name = need.person.full_name
    if need.whose == Whose.SUPPORTER:
        name = _("the supporter of %(name)s") % {"name": name}
    return f"{name}: {need.words}" if need.words else name


def _owner(row):
    return row.owner.full_name if row.owner else _("Nobody yet")


def _owner_tag(row):
    return None if row.owner or not row.is_live else {"label": _("Nobody yet"), "tone": "attention"}


def _is_late(row):
    return row.status == Arrangement.Status.TO_DO and row.due_on < today()


def _status(row):
    return _("Late") if _is_late(row) else row.get_status_display()


def _status_tag(row):
    tone = "bad" if _is_late(row) else TONES[Arrangement.Status(row.status)]
    return {"label": _status(row), "tone": tone}


@form_page
def arrangement_new(request, pk):
    """Add an arrangement that serves several people, or nobody in particular."""
    event = managed_event(request, pk)
    rules.can_arrange(request.user, event).insist(PermissionDenied)
    form = ArrangementForm(posted(request), event=event)
    if done := attempt(form, lambda: arranging.add(event=event, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The arrangement is added."))
        return redirect(done.result)
    return show_form(
        request,
        form,
        title=_("Add an arrangement"),
        caption=event.title,
        back_url=reverse("event_access", args=[pk]),
        submit=_("Add it"),
    )


@read_page
@shows(Look.Kind.NEEDS)
def arrangement(request, pk):
    """Show an arrangement: what is needed, who sees to it, by when, and what changed."""
    found = arrangement_or_404(request, pk)
    page = ArrangementPage(found, request.user)
    note_looks(request.user, [need.person_id for need in page.needs], Look.Kind.NEEDS)
    context = {
        "programme": found.event.programme,
        "event": found.event,
        "arrangement": found,
        "page": page,
        "tag": _status_tag(found),
        "facts": _facts(found, page),
        "is_over": found.event.ends_at <= timezone.now(),
    }
    return render(request, "events/access/arrangement.html", context)


def _facts(found, page):
    rows = [
        {"label": _("Who sees to it"), "value": _owner(found)},
        {"label": _("By when"), "value": short_date(found.due_on)},
        {"label": _("How it is arranged"), "value": found.how},
    ]
    if found.done_by:
        params = {"name": found.done_by.full_name, "day": short_date(timezone.localtime(found.done_at).date())}
        rows.append({"label": _("Done"), "value": _("%(name)s, %(day)s") % params})
    if found.dropped_why:
        rows.append({"label": _("Why it is no longer needed"), "value": found.get_dropped_why_display()})
    if page.is_staff:
        rows.append({"label": _("Who has to know of it"), "value": "\n".join(page.lists) or _("Nobody else")})
    return rows


@form_page
def arrangement_edit(request, pk):
    """Change an arrangement: who sees to it, by when, how, and what else it covers."""
    found = changeable_arrangement(request, pk)
    rules.can_change(request.user, found).insist(PermissionDenied)
    form = ArrangementForm(posted(request), event=found.event, arrangement=found)
    act = partial(arranging.edit, arrangement=found, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=found):
        messages.success(request, _("The changes are saved."))
        return redirect(found)
    return show_form(
        request,
        form,
        title=_("Change this arrangement"),
        caption=found.event.title,
        back_url=found.get_absolute_url(),
        submit=_("Save"),
    )


@form_page
def arrangement_done(request, pk):
    """Say that something is arranged, and how."""
    found = arrangement_or_404(request, pk)
    rules.can_do(request.user, found).insist(PermissionDenied)
    form = DoneForm(posted(request), initial={"how": found.how})
    act = partial(arranging.mark_done, arrangement=found, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=found):
        messages.success(request, _("It is done."))
        return redirect(found)
    return show_form(
        request,
        form,
        title=_("Is this arranged?"),
        caption=found.title,
        back_url=found.get_absolute_url(),
        submit=_("It is done"),
    )


@button_page
def arrangement_to_do(request, pk):
    """Say that something is not arranged after all."""
    found = arrangement_or_404(request, pk)
    if attempt_button(request, lambda: arranging.mark_to_do(arrangement=found, by=request.user)):
        messages.success(request, _("It is to do again."))
    return redirect(found)


@button_page
def arrangement_seen(request, pk):
    """Say that one has looked at what changed."""
    found = arrangement_or_404(request, pk)
    if attempt_button(request, lambda: arranging.mark_seen(arrangement=found, by=request.user)):
        messages.success(request, _("We have noted that you looked at it."))
    return redirect(found)


@button_page
def arrangement_take_out(request, pk):
    """Say that an arrangement is not needed."""
    found = changeable_arrangement(request, pk)
    if attempt_button(request, lambda: arranging.take_out(arrangement=found, by=request.user)):
        messages.success(request, _("It is no longer needed. It is kept with what fell away."))
        return redirect("event_access", found.event_id)
    return redirect(found)
