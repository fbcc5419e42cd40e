"""Bank details: given by the person, checked by finance."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from payments.payees import account_checks, names, queries, rules
from payments.payees.actions import bank
from payments.payees.forms.bank import BankDetailsForm, ConfirmBankDetailsForm, NameCheckForm
from payments.payees.models.bank import BankDetails, NameCheck
from payments.shared.bank_text import bank_text
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from people.messages.queries import earlier_contacts
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.tables import Column, Listing


@read_page
def your_bank(request):
    """Show the reader's account, with most of the number hidden, and whether it has been checked."""
    details = BankDetails.objects.select_related("person").filter(person=request.user.person).first()
    return render(request, "payments/payees/bank/yours.html", {"details": details, "rows": _own_rows(details)})


def _own_rows(details):
    if details is None:
        return []
    state = (
        _("Not checked yet. We do that before we pay you")
        if details.is_on_hold
        else _("Checked on %(day)s") % {"day": long_date(details.confirmed_at)}
    )
    return [
        {"label": _("Account"), "value": details.masked},
        {"label": _("Given to us"), "value": long_date(details.changed_at)},
        {"label": _("Where it stands"), "value": state},
    ]


@sensitive_post_parameters("account_name", "sort_code", "account_number")
@form_page
@proved_recently
def your_bank_change(request):
    """Give or change one's own bank details. Those on record are never shown again in full."""
    allowed = rules.can_change_bank_details(request.user.person)
    if not allowed:
        return render(request, "payments/payees/bank/change_later.html", {"why_not": allowed.why_not})
    form = BankDetailsForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            bank.save(person=request.user.person, by=request.user, **form.cleaned_data)
        except ActionError as error:
            if error.field == "sure" and "sure" not in form.fields:
                form.ask_whether_sure()
            error.add_to(form)
        else:
            messages.success(request, _("Your bank details are saved."))
            return redirect("your_bank")
    return render(request, "payments/payees/bank/change.html", {"form": form})


@read_page
def bank_details(request, slug):
    """List the bank details of the people of a programme, those to check first."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    listing = _bank_details_listing(request, programme)
    if listing.wants_export:
        return listing.export()
    return render(request, "payments/payees/bank/list.html", {"programme": programme, "listing": listing})


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
                value="person.full_name",
                sort="person__full_name",
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
            Column(
                "changed_at",
                _("Changed"),
                value=lambda details: short_date(details.changed_at),
                sort="changed_at",
                shape="date",
            ),
            Column(
                "confirmed_by",
                _("Checked by"),
                value=lambda details: details.confirmed_here_by or "",
            ),
        ],
        search=["person__full_name"],
        search_label=_("Search by name"),
        default_sort="-confirmed_here_at",
        empty_title=_("No bank details to see"),
        empty_text=_("Once your programme owes somebody money, you check here where it goes, before it is paid."),
    )


def _state(details):
    return _("Checked") if details.confirmed_here_at else _("To check")


@form_page
@proved_recently
def bank_details_confirm(request, slug, pk):
    """Show one person's bank details in full to finance, with the form that says how they were checked."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    details = get_object_or_404(BankDetails.objects.owed_by(programme).select_related("person"), pk=pk)
    ruling = rules.can_confirm_bank_details(request.user, details, programme)
    form = ConfirmBankDetailsForm(posted(request), initial={"seen": details.changed_at.isoformat()})
    if attempt(form, lambda: bank.confirm(details=details, programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Checked. %(name)s can be paid by bank file.") % {"name": details.person.full_name})
        return redirect("bank_details", programme.slug)
    context = {
        "programme": programme,
        "details": details,
        "rows": _full_rows(details, queries.confirmation_for(details, programme)),
        "same_account": [person.full_name for person in queries.others_with_the_account(details, programme)],
        "table_date": account_checks.table_date(),
        "name_checks": _name_check_rows(details),
        "other_name": not names.same_name(details.account_name, details.person.full_name),
        "no_match": _bank_said_no_match(details),
        "earlier_contacts": _earlier_contacts(details),
        "can_record_name_check": bool(rules.can_record_name_check(request.user, details, programme)),
        "can_confirm": bool(ruling),
        "why_not": ruling.why_not,
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
        {"label": _("What the numbers look like"), "value": details.get_checked_display()},
        {"label": _("Given on"), "value": long_date(details.changed_at)},
        {"label": _("Phone in our records"), "value": details.person.phone},
        {"label": _("Email in our records"), "value": details.person.email},
    ]
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


def _bank_said_no_match(details):
    latest = details.name_checks.current().last()
    return latest is not None and latest.outcome == NameCheck.Outcome.NO_MATCH


def _earlier_contacts(details):
    """Say which contacts changed lately, as finance checks by a contact known before."""
    since = timezone.now() - dt.timedelta(days=settings.EARLIER_ADDRESS_DAYS)
    sentences = {
        "email": _("Until %(day)s the email address was %(value)s."),
        "phone": _("Until %(day)s the phone number was %(value)s."),
    }
    return [
        sentences[contact.field] % {"day": short_date(contact.until), "value": contact.value}
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
