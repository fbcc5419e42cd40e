"""Claims as staff and finance see them: the list of a programme, one claim to decide on."""

import django_filters
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Attendance
from payments import calculations, making_queries, queries, rules
from payments.actions import claims as actions
from payments.forms.claims import QuestionForm
from payments.models import Claim, ClaimLine, Receipt
from people.models import Person
from programmes.rules import can_see_access_needs
from wellbeing.lib.dates import short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of

from . import keeping
from .claim_budget import on_claim
from .guards import claim_for, must, programme_for
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
    listing = Listing(
        request,
        queries.claims_of_programme(request.user, programme).exclude(status=Claim.Status.DRAFT, entered_by=None),
        name=f"claims-{programme.slug}",
        caption=_("Claims"),
        columns=columns(timezone.localdate()),
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
    return render(
        request,
        "payments/claims/list.html",
        {
            "programme": programme,
            "listing": listing,
            "can_enter": bool(rules.can_enter_claims(request.user, programme)),
        },
    )


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
        "steps": [] if claim.status == Claim.Status.WITHDRAWN else queries.timeline(claim),
        "overdue": claim.is_overdue(today),
        "late": queries.is_late(claim),
        "days_late": making_queries.days_late(claim, timezone.localdate(claim.submitted_at or timezone.now())),
        "tellings": list(claim.tellings.select_related("by")) if claim.entered_by_id else [],
        "to_tell": bool(claim.entered_by_id) and bool(rules.can_tell(user, claim)),
        "claim_until": queries.claim_until(claim),
        "conversation": list(claim.notes.all()),
        "being_checked": any(receipt.status == Receipt.Status.CHECKING for receipt in receipts),
        "missing": queries.lines_without_receipt(claim),
        "ruling": ruling,
        "can_approve": bool(ruling),
        "can_return": bool(rules.can_return(user, claim)),
        "budget": on_claim(user, claim),
        "run": claim.live_items[0].payment.run if claim.live_items else None,
        "can_see_runs": bool(rules.can_see_runs(user, claim.programme)),
        **(panel(claim, own=False) if rules.can_see_shares(user, claim) else {}),
    }
    return render(request, "payments/claims/to_check.html", context)


@require_POST
@login_required
def claim_approve(request, pk):
    """Approve, then on to the next claim that waits."""
    claim = claim_for(request, pk)
    must(rules.can_check_claims(request.user, claim.programme))
    try:
        actions.approve(claim=claim, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect(claim)
    messages.success(
        request,
        _("Approved: %(reference)s, %(name)s. Finance can pay it now.")
        % {"reference": claim.reference, "name": claim.person},
    )
    return _to_the_next(claim)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_return(request, pk):
    """Return a claim to its person with a question."""
    claim = claim_for(request, pk)
    must(rules.can_check_claims(request.user, claim.programme))
    ruling = rules.can_return(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    form = QuestionForm(request.POST or None, initial={"question": _suggested_question(claim)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_with_question(claim=claim, by=request.user, question=form.cleaned_data["question"])
        except ActionError as error:
            error.add_to(form)
        else:
            keeping.forget(request)
            messages.success(request, _("Your question is on its way to %(name)s.") % {"name": claim.person})
            return _to_the_next(claim)
    context = {"claim": claim, "form": form, **keeping.kept(request, form)}
    return render(request, "payments/claims/return.html", context)


def _to_the_next(claim):
    """On to the claims that wait to be checked, oldest first."""
    return redirect(f"{reverse('claims', args=[claim.programme.slug])}?status=submitted&sort=submitted_at")


def _suggested_question(claim):
    refused = [line.description for line, receipt in queries.lines_without_receipt(claim) if receipt]
    if not refused:
        return ""
    return _("We could not open your receipt for: %(what)s. Please send it again.") % {"what": ", ".join(refused)}
