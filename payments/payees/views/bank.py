"""Bank details of the people of a programme, checked by its finance."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.payees import account_checks, destinations, names, queries, rules
from payments.payees.actions import bank, doubts
from payments.payees.forms.bank import ConfirmBankDetailsForm, NameCheckForm, OverrideNameCheckForm, SeenDetailsForm
from payments.payees.models.bank import BankDetails
from payments.payees.models.name_checks import NameCheck
from payments.shared.bank_text import bank_text
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from people.directory.queries import tell_apart
from people.messages.queries import earlier_contacts
from people.models import Person
from people.privacy.looking import shows
from people.privacy.models import Look
from wellbeing.lib import phones
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def bank_details(request, slug):
    """List the bank details of the people of a programme, those to check first."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    listing = _bank_details_listing(request, programme)
    if listing.wants_export:
        return listing.export()
    tell_apart(details.person for details in listing.page)
    context = {"programme": programme, "listing": listing, "unknown": _without_a_way(programme)}
    return render(request, "payments/payees/bank/list.html", context)


def _without_a_way(programme):
    """List the people whom `programme` owes money and does not know how to pay, by name: (Person, Destination)."""
    owed = Claim.objects.owed().filter(programme=programme, money_pence__gt=0)
    people = Person.objects.filter(pk__in=owed.values("person")).order_by("sort_key", "pk")
    ways = destinations.destinations(programme, people.values_list("pk", flat=True))
    return [(person, ways[person.pk]) for person in tell_apart(people) if not ways[person.pk].is_known]


def _bank_details_listing(request, programme):
    return Listing(
        request,
        queries.bank_details_of_programme(programme),
        name=f"bank-details-{programme.slug}",
        caption=_("Bank details"),
        columns=[
            Column(
                "person",
                _("Name"),
                value="person.name_in_list",
                sort="person__sort_key",
                link=lambda details: reverse("bank_details_confirm", args=[programme.slug, details.pk]),
            ),
            Column("masked", _("Account"), value=lambda details: details.masked, shape="code"),
            Column(
                "state",
                _("Status"),
                value=_state,
                sort="confirmed_here_at",
                tag=lambda details: {
                    "label": _state(details),
                    "tone": "good" if details.confirmed_here_at else "attention",
                },
                detail=lambda details: (
                    details.get_checked_display() if details.checked == BankDetails.Check.LOOKS_WRONG else ""
                ),
            ),
            Column("changed_at", _("Changed"), kind=DATE, sort="changed_at"),
            Column(
                "confirmed_by",
                _("Checked by"),
                value=lambda details: details.confirmed_here_by or "",
            ),
        ],
        search=["person__search_key"],
        search_label=_("Search by name"),
        default_sort="-confirmed_here_at",
        empty_title=_("No bank details to see"),
        empty_text=_("Once your programme owes somebody money, you check here where it goes, before it is paid."),
    )


def _state(details):
    return _("Checked") if details.confirmed_here_at else _("To check")


@form_page
@proved_recently
@shows(Look.Kind.BANK)
def bank_details_confirm(request, slug, pk):
    """Show one person's bank details in full to finance, with the form that says how they were checked."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    details = get_object_or_404(BankDetails.objects.owed_by(programme).select_related("person"), pk=pk)
    ruling = rules.can_confirm_bank_details(request.user, details, programme)
    form = ConfirmBankDetailsForm(posted(request), initial={"seen": details.changed_at.isoformat()})
    if attempt(form, lambda: bank.confirm(details=details, programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Checked. %(name)s can be paid by bank file.") % {"name": details.person.full_name})
        return redirect("bank_details", programme.slug)
    seen = doubts.SeenAccount(details.person_id, details.last_digits)
    doubts.look(seen=[seen], programme=programme, by=request.user, about=_("Bank details"))
    refused = queries.refused_by_bank(BankDetails.objects.filter(pk=details.pk)).exists()
    context = {
        "programme": programme,
        "details": details,
        "refused": refused,
        "overrides": _overrides(details),
        "can_override": refused and bool(rules.can_override_name_check(request.user, details, programme)),
        "can_ask_again": not details.asked_again_at and bool(rules.can_ask_again(request.user, details, programme)),
        "rows": _full_rows(details, queries.confirmation_for(details, programme)),
        "same_account": [person.full_name for person in queries.others_with_the_account(details, programme)],
        "table_date": account_checks.table_date(),
        "name_checks": _name_check_rows(details),
        "other_name": not names.same_name(details.account_name, details.person.full_name),
        "earlier_contacts": _earlier_contacts(details),
        "can_record_name_check": bool(rules.can_record_name_check(request.user, details, programme)),
        "can_confirm": bool(ruling) and not refused and not details.asked_again_at,
        "why_not": ruling.why_not,
        "seen": details.changed_at.isoformat(),
        "form": form,
    }
    return render(request, "payments/payees/bank/confirm.html", context)


def _full_rows(details, confirmation):
    code = details.sort_code
    rows = [
        {"label": _("Name on the account"), "value": details.account_name},
        {"label": _("Name in our records"), "value": details.person.full_name},
        {"label": _("Name in the bank file"), "value": bank_text(details.account_name)},
        {"label": _("Sort code"), "value": f"{code[:2]}-{code[2:4]}-{code[4:]}"},
        {"label": _("Account number"), "value": details.account_number},
        {"label": _("Given on"), "value": long_date(details.changed_at)},
        {
            "label": _("Phone in our records"),
            "value": phones.shown(details.person.phone),
            "link": phones.link(details.person.phone),
        },
        {"label": _("Email in our records"), "value": details.person.email},
    ]
    if details.checked != BankDetails.Check.CANNOT_CHECK or account_checks.table_date() is not None:
        rows.append({"label": _("Sort code and account number check"), "value": _checked(details)})
    if details.roll_number:
        rows.insert(5, {"label": _("Roll number"), "value": details.roll_number})
    if details.told_how:
        told = _("%(who)s, %(how)s, %(day)s. Written down by %(name)s") % {
            "who": details.told_by,
            "how": details.get_told_how_display(),
            "day": long_date(details.told_on),
            "name": details.changed_by.full_name,
        }
        rows.append({"label": _("Told by"), "value": told})
    if confirmation is not None:
        checked = _("%(name)s, %(day)s") % {
            "name": confirmation.confirmed_by.full_name,
            "day": long_date(confirmation.confirmed_at),
        }
        rows += [
            {"label": _("Checked by"), "value": checked},
            {"label": _("How"), "value": confirmation.how},
        ]
    return rows


def _checked(details):
    """Put the check of the numbers into words; one that the banks' table cannot make says nothing about the bank."""
    if details.checked == BankDetails.Check.CANNOT_CHECK:
        return _("Not available for this bank")
    return details.get_checked_display()


def _name_check_rows(details):
    """Describe the name checks of these details, the newest first."""
    rows = []
    for check in details.name_checks.select_related("recorded_by").order_by("-recorded_at", "-pk"):
        params = {"outcome": check.get_outcome_display(), "name": check.name_returned}
        rows.append(
            {
                "label": short_date(check.recorded_at),
                "value": _("%(outcome)s: %(name)s") % params if check.name_returned else params["outcome"],
                "by": check.recorded_by.full_name,
                "about_earlier": check.recorded_at < details.changed_at,
            }
        )
    return rows


def _overrides(details):
    """Return the agreements to pay although the bank's latest answer was that the name does not match."""
    latest = details.name_checks.current().last()
    if latest is None or latest.outcome != NameCheck.Outcome.NO_MATCH:
        return []
    return list(latest.overrides.select_related("by").order_by("at"))


def _earlier_contacts(details):
    """Say which contacts changed lately, as finance checks by a contact known before."""
    since = timezone.now() - dt.timedelta(days=settings.EARLIER_ADDRESS_DAYS)
    sentences = {
        "email": _("Until %(day)s the email address was %(value)s."),
        "phone": _("Until %(day)s the phone number was %(value)s."),
    }
    return [
        sentences[contact.field]
        % {"day": short_date(contact.until), "value": phones.shown(phones.stored(contact.value))}
        for contact in earlier_contacts(details.person, since)
    ]


@form_page
@proved_recently
def bank_details_name_check(request, slug, pk):
    """Record what the bank said about the name on somebody's account."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    details = get_object_or_404(BankDetails.objects.owed_by(programme).select_related("person"), pk=pk)
    rules.can_record_name_check(request.user, details, programme).insist(PermissionDenied)
    form = NameCheckForm(posted(request), initial={"seen": details.changed_at.isoformat()})
    if attempt(
        form, lambda: bank.record_name_check(details=details, programme=programme, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Recorded."))
        return redirect("bank_details_confirm", programme.slug, details.pk)
    context = {"programme": programme, "details": details, "form": form}
    return render(request, "payments/payees/bank/name_check.html", context)


@form_page
@proved_recently
def bank_details_override(request, slug, pk):
    """Agree, as one of two people, to pay an account although the bank said that the name does not match."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    details = get_object_or_404(BankDetails.objects.owed_by(programme).select_related("person"), pk=pk)
    rules.can_override_name_check(request.user, details, programme).insist(PermissionDenied)
    form = OverrideNameCheckForm(posted(request), initial={"seen": details.changed_at.isoformat()})
    if attempt(
        form,
        lambda: doubts.override_name_check(details=details, programme=programme, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Recorded. It takes two people: the account can be paid once both have agreed."))
        return redirect("bank_details_confirm", programme.slug, details.pk)
    context = {"programme": programme, "details": details, "overrides": _overrides(details), "form": form}
    return render(request, "payments/payees/bank/override.html", context)


@button_page
def bank_details_wrong(request, slug, pk):
    """Ask the person to give their bank details again."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    details = get_object_or_404(BankDetails.objects.owed_by(programme).select_related("person"), pk=pk)
    form = SeenDetailsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Look at the details again, then say that they are wrong."))
    elif attempt_button(
        request,
        lambda: doubts.ask_again(details=details, programme=programme, by=request.user, **form.cleaned_data),
    ):
        name = {"name": details.person.full_name}
        messages.success(
            request,
            _("We are asking %(name)s for the right details, in the way they chose. No new payment starts until then.")
            % name,
        )
    return redirect("bank_details_confirm", programme.slug, details.pk)
