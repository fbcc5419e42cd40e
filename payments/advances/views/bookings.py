"""Pages of things booked and paid direct, for staff and finance."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payments.advances import actions, rules
from payments.advances.forms import BookingForm, WhyForm
from payments.advances.guards import row_for
from payments.advances.models import Booking
from payments.advances.views.advances import asked_for, totals
from payments.shared.guards import programme_for
from wellbeing.lib.dates import long_date
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.money import pounds
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def bookings(request, slug):
    """List what was booked for the people of a programme and paid direct."""
    programme = programme_for(request, slug, rules.can_see_advances)
    can_record = bool(rules.can_record_advances(request.user, programme))
    listing = _listing(request, programme)
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "can_record": can_record}
    return render(request, "payments/advances/bookings.html", context)


def _listing(request, programme):
    return Listing(
        request,
        Booking.objects.filter(programme=programme).select_related("person", "event", "recorded_by"),
        name=f"bookings-{programme.slug}",
        caption=_("Booked and paid by us"),
        columns=[
            Column(
                "person",
                _("Person"),
                value="person.full_name",
                sort="person__sort_key",
                link=lambda row: reverse("booking", args=[row.pk]),
            ),
            Column(
                "kind",
                _("What"),
                value=lambda row: str(row.get_kind_display()),
                sort="kind",
                detail=lambda row: row.description,
            ),
            Column("description", _("Details"), export_only=True),
            Column(
                "on",
                _("Day"),
                kind=DATE,
                sort="on",
                detail=lambda row: row.event.title if row.event else "",
            ),
            Column("event", _("Event"), value=lambda row: row.event.title if row.event else "", export_only=True),
            Column(
                "recorded_by",
                _("Recorded by"),
                value="recorded_by.full_name",
                detail=lambda row: _("Taken off: %(why)s") % {"why": row.removed_reason} if row.removed_at else "",
            ),
            Column("removed_reason", _("Why it was taken off"), export_only=True),
            Column("cost_pence", _("Cost"), money=True, sort="cost_pence"),
        ],
        search=["person__search_key", "event__title", "description"],
        search_label=_("Search by name, event or thing"),
        default_sort="-on",
        totals=lambda rows: totals(rows.filter(removed_at=None), "cost_pence"),
        empty_title=_("Nothing booked yet"),
        empty_text=_(
            "If you book and pay for a train or a room, record it here. The person does not need to claim for it."
        ),
    )


@form_page
def booking_new(request, slug):
    """Record a thing booked and paid direct."""
    programme = programme_for(request, slug, rules.can_record_advances)
    form = BookingForm(posted(request), programme=programme, not_for=request.user.person, initial=asked_for(request))
    if done := attempt(form, lambda: actions.book(programme=programme, by=request.user, **form.values)):
        text = _("Recorded: %(amount)s for %(name)s. They see it on their claim.")
        row = done.result
        messages.success(request, text % {"amount": pounds(row.cost_pence), "name": row.person})
        return redirect("bookings", slug=programme.slug)
    return render(request, "payments/advances/new_booking.html", {"programme": programme, "form": form})


@form_page
def booking(request, pk):
    """Show one thing booked and paid direct; take it off the list."""
    row = row_for(request, Booking.objects.visible_to(request.user).select_related("removed_by"), pk)
    may_record = rules.can_record_advances(request.user, row.programme)
    form = WhyForm(posted(request))
    if form.is_bound:
        may_record.insist(PermissionDenied)
        if attempt(form, lambda: actions.unbook(booking=row, by=request.user, reason=form.cleaned_data["reason"])):
            messages.success(request, _("It is off the list."))
            return redirect("bookings", slug=row.programme.slug)
    can_end = row.removed_at is None and may_record and row.person_id != request.user.person.pk
    context = {
        "programme": row.programme,
        "row": row,
        "rows": _rows(row),
        "form": form,
        "can_end": can_end or form.is_bound,
    }
    return render(request, "payments/advances/one_booking.html", context)


def _rows(row):
    rows = [
        {"label": _("What"), "value": row.get_kind_display()},
        *([{"label": _("Details"), "value": row.description}] if row.description else []),
        {"label": _("For"), "value": long_date(row.on)},
        *([{"label": _("Event"), "value": row.event.title}] if row.event else []),
        {"label": _("Recorded by"), "value": f"{row.recorded_by}, {long_date(row.recorded_at)}"},
    ]
    if row.removed_at:
        rows.append({"label": _("Taken off by"), "value": f"{row.removed_by}, {long_date(row.removed_at)}"})
        rows.append({"label": _("Why"), "value": row.removed_reason})
    return rows
