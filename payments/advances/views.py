"""Pages of advances, and of things booked and paid direct, for staff and finance."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.advances import actions, rules
from payments.advances.forms import AdvanceForm, BookingForm, WhyForm
from payments.advances.models import Advance, Booking
from payments.shared.guards import programme_for
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.money import pounds
from wellbeing.lib.tables import Column, Listing, whole_numbers


class AdvanceFilters(django_filters.FilterSet):
    """The filters of the list of advances."""

    left = django_filters.ChoiceFilter(
        label=gettext_lazy("Which ones"),
        choices=[("yes", gettext_lazy("With something left"))],
        empty_label=gettext_lazy("All"),
        method="only_left",
    )

    class Meta:
        model = Advance
        fields: list[str] = []

    def only_left(self, rows, name, value):
        """Keep the advances that still come off claims."""
        return rows.filter(left_pence__gt=0)


@read_page
def advances(request, slug):
    """List the advances of a programme: to whom, and what is still to come off."""
    programme = programme_for(request, slug, rules.can_see_advances)
    can_record = bool(rules.can_record_advances(request.user, programme))
    listing = Listing(
        request,
        Advance.objects.filter(programme=programme).select_related("person", "event", "recorded_by").with_used(),
        name=f"advances-{programme.slug}",
        caption=_("Advances"),
        columns=[
            Column(
                "person",
                _("Person"),
                value="person.full_name",
                sort="person__full_name",
                link=lambda row: reverse("advance", args=[row.pk]),
            ),
            Column("paid_on", _("Paid"), value=lambda row: short_date(row.paid_on), sort="paid_on", shape="date"),
            Column(
                "how",
                _("How"),
                value=lambda row: str(row.get_how_display()),
                sort="how",
                detail=lambda row: row.event.title if row.event else row.note,
            ),
            Column("event", _("Event"), value=lambda row: row.event.title if row.event else "", export_only=True),
            Column("note", _("What for"), export_only=True),
            Column(
                "recorded_by",
                _("Recorded by"),
                value="recorded_by.full_name",
                detail=lambda row: _("Closed: %(why)s") % {"why": row.closed_reason} if row.closed_at else "",
            ),
            Column("closed_reason", _("Why it was closed"), export_only=True),
            Column("amount_pence", _("Amount"), money=True, sort="amount_pence"),
            Column("used_pence", _("Taken off"), money=True, sort="used_pence"),
            Column("left_pence", _("Left"), money=True, sort="left_pence"),
        ],
        search=["person__full_name", "event__title", "note"],
        search_label=_("Search by name or event"),
        filters=AdvanceFilters,
        default_sort="-paid_on",
        totals=lambda rows: _totals(rows, "amount_pence", "used_pence", "left_pence"),
        empty_title=_("No advances yet"),
        empty_text=_("When someone gets money before they claim it, record it here. It comes off what they are paid."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "can_record": can_record}
    return render(request, "payments/advances/list.html", context)


@read_page
def bookings(request, slug):
    """List what was booked for the people of a programme and paid direct."""
    programme = programme_for(request, slug, rules.can_see_advances)
    can_record = bool(rules.can_record_advances(request.user, programme))
    listing = _bookings_listing(request, programme)
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "can_record": can_record}
    return render(request, "payments/advances/bookings.html", context)


def _bookings_listing(request, programme):
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
                sort="person__full_name",
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
                value=lambda row: short_date(row.on),
                sort="on",
                shape="date",
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
        search=["person__full_name", "event__title", "description"],
        search_label=_("Search by name, event or thing"),
        default_sort="-on",
        totals=lambda rows: _totals(rows.filter(removed_at=None), "cost_pence"),
        empty_title=_("Nothing booked yet"),
        empty_text=_("When you book a train or a room and pay it direct, record it here. The person claims nothing."),
    )


def _totals(rows, *fields):
    sums = rows.order_by().aggregate(**{f"{field}_sum": Sum(field) for field in fields})
    return {"person": _("Total"), **{field: sums[f"{field}_sum"] or 0 for field in fields}}


@form_page
def advance_new(request, slug):
    """Record an advance."""
    done = _("Recorded: %(amount)s to %(name)s. It comes off what they are paid next.")
    return _new(request, slug, AdvanceForm, actions.record, "advances", done)


@form_page
def booking_new(request, slug):
    """Record a thing booked and paid direct."""
    done = _("Recorded: %(amount)s for %(name)s. They see it on their claim.")
    return _new(request, slug, BookingForm, actions.book, "bookings", done)


def _new(request, slug, form_class, action, list_name, done):
    programme = programme_for(request, slug, rules.can_record_advances)
    form = form_class(
        posted(request),
        programme=programme,
        not_for=request.user.person,
        initial={"person": next(iter(whole_numbers([request.GET.get("person", "")])), None)},
    )
    if recorded := attempt(form, lambda: action(programme=programme, by=request.user, **form.values)):
        row = recorded.result
        pence = row.amount_pence if isinstance(row, Advance) else row.cost_pence
        messages.success(request, done % {"amount": pounds(pence), "name": row.person})
        return redirect(list_name, slug=programme.slug)
    context = {"programme": programme, "form": form, "list_name": list_name}
    return render(request, f"payments/advances/new_{list_name}.html", context)


@form_page
def advance(request, pk):
    """Show one advance, what came off which claim and what is left; close it."""
    row = get_object_or_404(
        Advance.objects.visible_to(request.user)
        .select_related("programme", "person", "event", "recorded_by", "closed_by")
        .with_used(),
        pk=pk,
    )
    rows = [
        {"label": _("Given on"), "value": long_date(row.paid_on)},
        {"label": _("How"), "value": row.get_how_display()},
        *([{"label": _("Event"), "value": row.event.title}] if row.event else []),
        *([{"label": _("What for"), "value": row.note}] if row.note else []),
        {"label": _("Recorded by"), "value": f"{row.recorded_by}, {long_date(row.recorded_at)}"},
        {"label": _("Taken off so far"), "value": pounds(row.used_pence)},
        {"label": _("Left"), "value": pounds(row.left_pence)},
    ]
    if row.closed_at:
        rows.append({"label": _("Closed by"), "value": f"{row.closed_by}, {long_date(row.closed_at)}"})
        rows.append({"label": _("Why"), "value": row.closed_reason})
    can_end = row.left_pence > 0
    context = {"rows": rows, "uses": list(row.uses.select_related("claim")), "list_name": "advances"}
    return _one(request, row, can_end, lambda **by: actions.close(advance=row, **by), _("It is closed."), context)


@form_page
def booking(request, pk):
    """Show one thing booked and paid direct; take it off the list."""
    row = get_object_or_404(
        Booking.objects.visible_to(request.user).select_related(
            "programme", "person", "event", "recorded_by", "removed_by"
        ),
        pk=pk,
    )
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
    can_end, done = row.removed_at is None, _("It is off the list.")
    return _one(
        request,
        row,
        can_end,
        lambda **by: actions.unbook(booking=row, **by),
        done,
        {"rows": rows, "list_name": "bookings"},
    )


def _one(request, row, can_end, action, done, context):
    request.programme = row.programme
    rules.can_see_advances(request.user, row.programme).insist(PermissionDenied)
    can_end = can_end and bool(rules.can_record_advances(request.user, row.programme))
    form = WhyForm(posted(request))
    if request.method == "POST":
        rules.can_record_advances(request.user, row.programme).insist(PermissionDenied)
        if attempt(form, lambda: action(by=request.user, reason=form.cleaned_data["reason"])):
            messages.success(request, done)
            return redirect(context["list_name"], slug=row.programme.slug)
    can_end = can_end and row.person_id != request.user.person.pk
    context |= {"programme": row.programme, "row": row, "form": form, "can_end": can_end or form.is_bound}
    return render(request, f"payments/advances/one_{context['list_name']}.html", context)
