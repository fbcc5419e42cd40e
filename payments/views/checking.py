"""Claims as staff and finance see them: the list of a programme, one claim to decide on (see `views.approval`)."""

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from events.models import Attendance
from payments import approval_queries, calculations, making_queries, queries, rules
from payments.models import Claim, ClaimLine, Receipt
from payments.warnings import warnings_of
from people.models import Person
from programmes.rules import can_see_access_needs
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of

from .claim_budget import on_claim
from .guards import programme_for
from .recognition import panel


class ClaimFilters(django_filters.FilterSet):
    """Which claims to show."""

    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[choice for choice in Claim.Status.choices if choice[0] != Claim.Status.DRAFT],
        empty_label=gettext_lazy("All"),
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Promise"),
        choices=[("yes", gettext_lazy("Late"))],
        empty_label=gettext_lazy("All"),
        method="only_overdue",
        widget=forms.Select,
    )

    class Meta:
        model = Claim
        fields = []

    def only_overdue(self, rows, name, value):
        """Claims that should have been paid by now."""
        return rows.overdue(timezone.localdate())


@require_safe
@login_required
def claims(request, slug):
    """The claims of a programme. Drafts are their owners' alone."""
    programme = programme_for(request, slug, rules.can_see_claims)
    can_check = bool(rules.can_check_claims(request.user, programme))
    shown = columns(timezone.localdate())
    # Nothing to tick in a file.
    if can_check and not request.GET.get("export"):
        shown.append(_tick(request.user))
    listing = Listing(
        request,
        queries.claims_of_programme(request.user, programme).exclude(status=Claim.Status.DRAFT, entered_by=None),
        name=f"claims-{programme.slug}",
        caption=_("Claims"),
        columns=shown,
        search=["reference", "person__full_name", "description"],
        search_label=_("Search by name, reference or event"),
        filters=ClaimFilters,
        default_sort="-submitted_at",
        totals=_totals,
        empty_title=_("No claims yet"),
        empty_text=_("When people have come to an event and you have ticked who came, they can send their claims."),
    )
    if listing.wants_export:
        return listing.export()
    context = {
        "programme": programme,
        "listing": listing,
        "asked": approval_queries.who_is_asked([programme.pk], timezone.localdate())[programme.pk],
        "can_check": can_check,
        "can_enter": bool(rules.can_enter_claims(request.user, programme)),
        "choose": can_check and any(_can_be_chosen(claim, request.user) for claim in listing.page),
    }
    return render(request, "payments/claims/list.html", context)


def _can_be_chosen(claim, user):
    return claim.status == Claim.Status.SUBMITTED and user.person.pk not in {claim.person_id, claim.entered_by_id}


def _tick(user):
    """The column with a box to tick for each claim that waits; the form it belongs to stands under the table."""

    def box(claim):
        if not _can_be_chosen(claim, user):
            return ""
        label = _("Choose %(reference)s") % {"reference": claim.reference}
        return render_to_string("payments/approval/tick.html", {"claim": claim, "label": label})

    return Column("choose", _("Choose"), value=lambda claim: "", html=box)


def columns(today):
    """The columns of a list of claims; promises are late or not at the date `today`."""
    return [
        Column(
            "reference", _("Reference"), sort="reference", link=lambda claim: claim.get_absolute_url(), shape="code"
        ),
        Column("person", _("Person"), value="person.full_name", sort="person__full_name"),
        Column("description", _("What for"), sort="description", detail=lambda c: short_date(c.activity_date)),
        Column("activity_date", _("Day"), value=lambda c: c.activity_date.isoformat(), export_only=True),
        Column(
            "status",
            _("Status"),
            value=lambda c: str(c.get_status_display()),
            sort="status",
            tag=lambda c: {"label": c.get_status_display(), "tone": tone_of(c.status)},
        ),
        Column(
            "submitted_at",
            _("Sent"),
            value=lambda c: short_date(c.submitted_at) if c.submitted_at else "",
            sort="submitted_at",
            shape="date",
        ),
        Column(
            "pay_by",
            _("Pay by"),
            value=lambda c: short_date(c.pay_by) if c.pay_by else "",
            sort="pay_by",
            detail=lambda c: _("Late") if c.is_overdue(today) else "",
            shape="date",
        ),
        Column("time_pence", _("Time"), money=True, export_only=True),
        Column("expenses_pence", _("Expenses"), money=True, export_only=True),
        Column(
            "total_pence",
            _("Total"),
            money=True,
            sort="total_pence",
            detail=lambda c: (
                _("%(amount)s expenses") % {"amount": pounds(c.expenses_pence)} if c.expenses_pence else ""
            ),
        ),
    ]


def _totals(rows):
    lines = ClaimLine.objects.filter(claim__in=rows.order_by().values("pk"))
    return {"reference": _("Total"), "total_pence": lines.aggregate(sum=Sum("amount_pence"))["sum"] or 0}


def show(request, claim):
    """A claim for those who check it or pay it."""
    user, today = request.user, timezone.localdate()
    ruling = rules.can_approve(user, claim)
    lines = list(claim.lines.all())
    attendance = Attendance.objects.filter(event=claim.event_id, person=claim.person_id).first()
    receipts = [receipt for line in lines for receipt in line.receipts.all()]
    warnings = warnings_of(claim, user) if claim.status == Claim.Status.SUBMITTED else []
    sees_notes = bool(rules.can_see_notes(user, claim))
    context = {
        "claim": claim,
        "person": claim.person,
        "can_see_person": Person.objects.visible_to(user).filter(pk=claim.person_id).exists(),
        "needs": [str(need) for need in claim.person.access_needs.all()]
        if can_see_access_needs(user, claim.programme)
        else [],
        "lines": lines,
        "covered_by_need": queries.covered_by_need(claim) if can_see_access_needs(user, claim.programme) else [],
        "totals": calculations.totals((line.is_time, line.amount_pence) for line in lines),
        "attendance": attendance,
        # A claim taken back is not on its way anywhere.
        "steps": [] if claim.status == Claim.Status.WITHDRAWN else queries.timeline(claim, to_person=False),
        "overdue": claim.is_overdue(today),
        "late": queries.is_late(claim),
        "days_late": making_queries.days_late(claim, timezone.localdate(claim.submitted_at or timezone.now())),
        "tellings": list(claim.tellings.select_related("by")) if claim.entered_by_id else [],
        "to_tell": bool(claim.entered_by_id) and bool(rules.can_tell(user, claim)),
        "claim_until": queries.claim_until(claim),
        "history": approval_queries.history(claim, with_staff_notes=sees_notes),
        "warnings": warnings,
        # Whoever approves it says why, so one press is not enough.
        "needs_reason": any(warning.needs_reason for warning in warnings) and not claim.duplicate_reason,
        "agreed_once": sum(line.agreed_pence or 0 for line in lines),
        "being_checked": any(receipt.status == Receipt.Status.CHECKING for receipt in receipts),
        "missing": queries.lines_without_receipt(claim),
        "ruling": ruling,
        "can_approve": bool(ruling),
        "can_decline": bool(rules.can_decline(user, claim)),
        "can_note": bool(rules.can_note(user, claim)),
        "can_return": bool(rules.can_return(user, claim)),
        "budget": on_claim(user, claim),
        "run": claim.live_items[0].payment.run if claim.live_items else None,
        "can_see_runs": bool(rules.can_see_runs(user, claim.programme)),
        **panel(user, claim),
    }
    return render(request, "payments/claims/to_check.html", context)
