"""The list of claims for staff, and choosing several to approve."""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Sum
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from payments.approval import queries
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.listing import columns
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.shared.guards import programme_for
from wellbeing.lib.form_pages import form_page
from wellbeing.lib.ticked_lists import TickColumn, TickedListing
from wellbeing.lib.ticks import Ticks

# The part of a claim's address that holds the query of the list it was opened from, and what is left out of that.
WALKED_LIST = "list"
NOT_WALKED = ("page", "export", "chosen", WALKED_LIST)


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

    event = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Event"), queryset=Event.objects.none(), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        claimed = Claim.objects.visible_to(self.request.user).filter(programme=self.request.programme)
        events = Event.objects.filter(Exists(claimed.order_by().filter(event=OuterRef("pk"))))
        self.filters["event"].queryset = events.filter(programme=self.request.programme).order_by("-starts_at", "-pk")

    def only_overdue(self, rows, name, value):
        """Keep the claims that should have been paid by now."""
        return rows.overdue(timezone.localdate())


@form_page
def claims(request, slug):
    """List the claims of a programme, without drafts, which only their owners see. A POST keeps what is ticked."""
    programme = programme_for(request, slug, claim_rules.can_see_claims)
    can_check = bool(claim_rules.can_check_claims(request.user, programme))
    listing = claims_listing(request, programme, boxes=_boxes(request.user, programme) if can_check else None)
    if listing.wants_export:
        return listing.export()
    if answer := listing.answer():
        return answer
    context = {
        "programme": programme,
        "listing": listing,
        "asked": queries.who_is_asked([programme.pk], timezone.localdate())[programme.pk],
        "can_check": can_check,
        "can_enter": bool(claim_rules.can_enter_claims(request.user, programme)),
    }
    return render(request, "payments/approval/list.html", context)


def claims_listing(request, programme, boxes=None):
    """Make the list of the claims of a programme that the reader asked for; each leads on to the next of the list."""
    query = request.GET.copy()
    for name in NOT_WALKED:
        query.pop(name, None)
    walked = f"?{urlencode({WALKED_LIST: query.urlencode()})}"
    return TickedListing(
        request,
        claim_queries.claims_of_programme(request.user, programme).exclude(status=Claim.Status.DRAFT, entered_by=None),
        boxes=boxes,
        name=f"claims-{programme.slug}",
        caption=_("Claims"),
        columns=columns(timezone.localdate(), link=lambda claim: f"{claim.get_absolute_url()}{walked}"),
        search=["reference", "person__search_key", "description"],
        search_label=_("Search by name, reference or event"),
        filters=ClaimFilters,
        default_sort="-submitted_at",
        totals=_totals,
        empty_title=_("No claims yet"),
        empty_text=_("When people have come to an event and you have ticked who came, they can send their claims."),
    )


def ticks_of(request, programme):
    """Return the ticks of the list of claims of `programme`."""
    return Ticks(request, f"claims-{programme.pk}")


def _boxes(user, programme):
    """Make the boxes of the claims that wait to be checked, but for those the reader has a part in."""

    def allowed(rows):
        rows = rows.filter(status=Claim.Status.SUBMITTED)
        return rows.exclude(person=user.person).exclude(entered_by=user.person)

    return TickColumn(
        key=f"claims-{programme.pk}",
        allowed=allowed,
        label=lambda claim: (
            _("Choose %(reference)s, %(name)s") % {"reference": claim.reference, "name": claim.person.full_name}
        ),
        action=_("Approve together"),
        url=reverse("claims_approve", args=[programme.slug]),
    )


def _totals(rows):
    lines = ClaimLine.objects.filter(claim__in=rows.order_by().values("pk"))
    return {"reference": _("Total"), "total_pence": lines.aggregate(sum=Sum("amount_pence"))["sum"] or 0}
