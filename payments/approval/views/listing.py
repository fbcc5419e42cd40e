"""The list of claims for staff, and choosing several to approve."""

import django_filters
from django import forms
from django.db.models import Sum
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.approval import queries
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.listing import columns
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.shared.guards import programme_for
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.tables import Column, Listing


class ClaimFilters(django_filters.FilterSet):
    """The filters of the list of claims."""

    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[choice for choice in Claim.Status.choices if choice[0] != Claim.Status.DRAFT],
        empty_label=gettext_lazy("All"),
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Payment due"),
        choices=[("yes", gettext_lazy("Late"))],
        empty_label=gettext_lazy("All"),
        method="only_overdue",
        widget=forms.Select,
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    def only_overdue(self, rows, name, value):
        """Keep the claims that should have been paid by now."""
        return rows.overdue(timezone.localdate())


@read_page
def claims(request, slug):
    """List the claims of a programme, without drafts, which only their owners see."""
    programme = programme_for(request, slug, claim_rules.can_see_claims)
    can_check = bool(claim_rules.can_check_claims(request.user, programme))
    shown = columns(timezone.localdate())
    # Nothing to tick in a file.
    if can_check and not request.GET.get("export"):
        shown.append(_tick(request.user))
    listing = Listing(
        request,
        claim_queries.claims_of_programme(request.user, programme).exclude(status=Claim.Status.DRAFT, entered_by=None),
        name=f"claims-{programme.slug}",
        caption=_("Claims"),
        columns=shown,
        search=["reference", "person__search_key", "description"],
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
        "asked": queries.who_is_asked([programme.pk], timezone.localdate())[programme.pk],
        "can_check": can_check,
        "can_enter": bool(claim_rules.can_enter_claims(request.user, programme)),
        "choose": can_check and any(_can_be_chosen(claim, request.user) for claim in listing.page),
    }
    return render(request, "payments/approval/list.html", context)


def _can_be_chosen(claim, user):
    return claim.status == Claim.Status.SUBMITTED and user.person.pk not in {claim.person_id, claim.entered_by_id}


def _tick(user):
    """Make the column with a box to tick for each claim that waits; the form it belongs to stands under the table."""

    def box(claim):
        if not _can_be_chosen(claim, user):
            return ""
        label = _("Choose %(reference)s") % {"reference": claim.reference}
        return render_to_string("payments/approval/tick.html", {"claim": claim, "label": label})

    return Column("choose", _("Choose"), value=lambda claim: "", html=box)


def _totals(rows):
    lines = ClaimLine.objects.filter(claim__in=rows.order_by().values("pk"))
    return {"reference": _("Total"), "total_pence": lines.aggregate(sum=Sum("amount_pence"))["sum"] or 0}
