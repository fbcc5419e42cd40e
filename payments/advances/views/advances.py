"""Pages of advances, for staff and finance."""

from dataclasses import dataclass

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.advances import actions, hooks, rules
from payments.advances.forms import AdvanceForm, TakeOffForm, WhyForm
from payments.advances.guards import row_for
from payments.advances.hooks import WaitingClaim
from payments.advances.models import Advance
from payments.shared.guards import programme_for
from wellbeing.lib.dates import long_date
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.money import pounds
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing
from wellbeing.lib.ticks import whole_numbers
from wellbeing.lib.types import Pence


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
                sort="person__sort_key",
                link=lambda row: reverse("advance", args=[row.pk]),
            ),
            Column("paid_on", _("Paid"), kind=DATE, sort="paid_on"),
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
        search=["person__search_key", "event__title", "note"],
        search_label=_("Search by name or event"),
        filters=AdvanceFilters,
        default_sort="-paid_on",
        totals=lambda rows: totals(rows, "amount_pence", "used_pence", "left_pence"),
        empty_title=_("No advances yet"),
        empty_text=_("When someone gets money before they claim, record it here. We deduct it from their payments."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "can_record": can_record}
    return render(request, "payments/advances/list.html", context)


@form_page
def advance_new(request, slug):
    """Record an advance."""
    programme = programme_for(request, slug, rules.can_record_advances)
    form = AdvanceForm(posted(request), programme=programme, not_for=request.user.person, initial=asked_for(request))
    off = _asked_what_to_take_off(request, programme, form)
    if off is None or off.is_answered:
        take_off = off is not None and off.takes_off
        if done := attempt(
            form,
            lambda: actions.record(programme=programme, by=request.user, take_off_waiting=take_off, **form.values),
        ):
            messages.success(request, _recorded(done.result, waited=off is not None))
            return redirect("advances", slug=programme.slug)
    context = {"programme": programme, "form": form, "off": off}
    return render(request, "payments/advances/new_advance.html", context)


@dataclass
class TakeOff:
    """The question whether an advance comes off claims that wait: the `parts` it would take, and its answer."""

    parts: list[tuple[WaitingClaim, Pence]]
    rest: Pence
    form: TakeOffForm

    @property
    def is_answered(self):
        """Whether the page that was sent showed just these claims and sums."""
        return self.form.is_bound and self.form.is_valid() and self.form.cleaned_data["shown"] == self.key

    @property
    def takes_off(self):
        return self.form.cleaned_data["take_off"]

    @property
    def key(self):
        """Name what is shown, so that an answer to something else is asked again."""
        return ",".join(f"{claim.pk}:{claim.money_pence}:{pence}" for claim, pence in self.parts)


def _asked_what_to_take_off(request, programme, form):
    """Return the question what an advance comes off, or None where no approved claim waits that it can come off."""
    if request.method != "POST" or not form.is_valid():
        return None
    values = form.values
    parts = hooks.split(hooks.waiting(programme, values["person"], values["event"]), values["amount_pence"])
    if not parts:
        return None
    rest = values["amount_pence"] - sum(pence for _claim, pence in parts)
    off = TakeOff(parts, rest, TakeOffForm(request.POST if "shown" in request.POST else None))
    if not off.is_answered:
        off.form = TakeOffForm(initial={"shown": off.key})
    return off


def _recorded(advance, waited):
    """Say what an advance that was just recorded came off, and what the rest comes off."""
    params = {"amount": pounds(advance.amount_pence), "name": advance.person}
    said = [_("Recorded: %(amount)s to %(name)s.") % params]
    uses = list(advance.uses.select_related("claim"))
    said += [
        _("%(amount)s comes off claim %(reference)s, which waits to be paid.")
        % {"amount": pounds(use.pence), "reference": use.claim.reference}
        for use in uses
    ]
    left = advance.amount_pence - sum(use.pence for use in uses)
    if left:
        text = (
            _("%(amount)s comes off the next claims we approve for the day of the event or later.")
            if advance.event
            else _("%(amount)s comes off the next claims we approve for them.")
        )
        said.append(text % {"amount": pounds(left)})
    if waited and not uses:
        said.append(_("Claims that are approved already are paid in full."))
    return " ".join(said)


@form_page
def advance(request, pk):
    """Show one advance, what came off which claim and what is left; close it."""
    row = row_for(request, Advance.objects.visible_to(request.user).select_related("closed_by").with_used(), pk)
    may_record = rules.can_record_advances(request.user, row.programme)
    form = WhyForm(posted(request))
    if form.is_bound:
        may_record.insist(PermissionDenied)
        if attempt(form, lambda: actions.close(advance=row, by=request.user, reason=form.cleaned_data["reason"])):
            messages.success(request, _("It is closed."))
            return redirect("advances", slug=row.programme.slug)
    can_end = row.left_pence > 0 and may_record and row.person_id != request.user.person.pk
    context = {
        "programme": row.programme,
        "row": row,
        "rows": _rows(row),
        "uses": list(row.uses.select_related("claim")),
        "form": form,
        "can_end": can_end or form.is_bound,
    }
    return render(request, "payments/advances/one_advance.html", context)


def asked_for(request):
    """Return the ids of the person and the event whose page led here, for a form; None for either."""
    return {name: next(iter(whole_numbers([request.GET.get(name, "")])), None) for name in ("person", "event")}


def _rows(row):
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
    return rows


def totals(rows, *fields):
    """Return the line under the list: the sum of each of `fields` (whole pence) of `rows`."""
    sums = rows.order_by().aggregate(**{f"{field}_sum": Sum(field) for field in fields})
    return {"person": _("Total"), **{field: sums[f"{field}_sum"] or 0 for field in fields}}
