"""Pages on which finance lists and decides how people's payments are taxed."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import queries as claim_queries
from payments.payees import queries, rules
from payments.payees.actions import tax
from payments.payees.forms.tax import TaxForm
from payments.payees.models.tax import TaxTreatment
from payments.shared.guards import programme_for
from people.directory.queries import tell_apart
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def tax_treatments(request, slug):
    """List everyone who is paid in a programme, with how their payments are taxed today."""
    programme = programme_for(request, slug, rules.can_see_tax)
    listing = Listing(
        request,
        queries.people_with_tax(programme, timezone.localdate()),
        name=f"tax-{programme.slug}",
        caption=_("How payments are taxed"),
        columns=[
            Column(
                "person",
                _("Name"),
                value="name_in_list",
                sort="sort_key",
                link=lambda person: reverse("tax_treatment", args=[programme.slug, person.pk]),
            ),
            Column("treatment", _("Payment for their time"), value=_in_words, sort="treatment"),
            Column("treated_from", _("Since"), kind=DATE, sort="treated_from"),
        ],
        search=["search_key"],
        search_label=_("Search by name"),
        default_sort="sort_key",
        empty_title=_("Nobody is paid here yet"),
        empty_text=_("People appear here once they join the programme."),
    )
    if listing.wants_export:
        return listing.export()
    tell_apart(listing.page)
    return render(request, "payments/payees/tax/list.html", {"programme": programme, "listing": listing})


def _in_words(person):
    # Nothing decided means paid in full.
    return str(TaxTreatment.Treatment(person.treatment or TaxTreatment.Treatment.NONE).label)


@form_page
def tax_treatment(request, slug, pk):
    """Show what was decided for one person, with the form that decides anew."""
    programme = programme_for(request, slug, rules.can_see_tax)
    person = get_object_or_404(claim_queries.people_paid(programme), pk=pk)
    ruling = rules.can_set_tax(request.user, person, programme)
    form = TaxForm(posted(request))
    act = partial(tax.decide, person=person, programme=programme, by=request.user)
    kept = TaxTreatment.objects.filter(person=person, programme=programme).select_related("set_by")
    decisions = list(kept.order_by("-effective_from", "-pk"))
    facts = {_("What was decided"): decisions[0].get_treatment_display() if decisions else ""}
    if attempt(form, lambda: act(**form.cleaned_data), edits=person, facts=facts):
        messages.success(request, _("Saved. It applies to what is approved from now on."))
        return redirect("tax_treatments", programme.slug)
    context = {
        "programme": programme,
        "person": person,
        "decisions": decisions,
        "can_set": bool(ruling),
        "why_not": ruling.why_not,
        "form": form,
    }
    return render(request, "payments/payees/tax/person.html", context)
