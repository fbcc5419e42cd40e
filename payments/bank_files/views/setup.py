"""Pages for the settings of a programme's files: the account that pays, the bank file's columns, account codes."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from payments.bank_files import columns, layouts, queries, registry, rules
from payments.bank_files.actions import setup
from payments.bank_files.forms.setup import BankFileFormatForm, JournalFormatForm, PayingAccountForm
from payments.bank_files.journal import purpose_label, purposes
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from payments.shared import bank_text
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.dates import add_working_days, long_date
from wellbeing.lib.form_pages import attempt, attempt_button, form_page, posted, read_page


@read_page
@proved_recently
def file_settings(request, slug):
    """Show the settings of a programme's files, and the paying accounts that wait for a second person."""
    programme = programme_for(request, slug, rules.can_set_files)
    account = PayingAccount.objects.effective_on(programme, timezone.localdate())
    journal = JournalFormat.objects.select_related("set_by").latest_of(programme)
    layout = BankFileFormat.objects.select_related("set_by").latest_of(programme)
    context = {
        "programme": programme,
        "account_rows": _account_rows(account) if account else [],
        "to_come": queries.paying_accounts_to_come(programme),
        "columns": [column.shown for column in registry.bank_layout(programme).columns],
        "layout": layout,
        "journal": journal,
        "journal_rows": _journal_rows(journal) if journal else [],
    }
    return render(request, "payments/bank_files/settings.html", context)


def _account_rows(account):
    code = account.sort_code
    rows = [
        {"label": _("Name on the account"), "value": account.account_name},
        {"label": _("Name in the bank file"), "value": bank_text.bank_text(account.account_name)},
        {"label": _("Sort code"), "value": f"{code[:2]}-{code[2:4]}-{code[4:]}"},
        {"label": _("Account number"), "value": account.account_number},
        {"label": _("Service User Number"), "value": account.service_user_number},
        {"label": _("Applies from"), "value": long_date(account.effective_from)},
        {"label": _("Entered by"), "value": _who_and_when(account.set_by, account.set_at)},
    ]
    if account.confirmed_by:
        rows.append({"label": _("Confirmed by"), "value": _who_and_when(account.confirmed_by, account.confirmed_at)})
    return rows


def _who_and_when(person, at):
    return _("%(name)s, %(day)s") % {"name": person.full_name, "day": long_date(at)}


def _journal_rows(journal):
    rows = [{"label": _("Accounts"), "value": journal.get_package_display()}]
    rows += [
        {"label": purpose_label(purpose), "value": code}
        for purpose, _label in purposes()
        if (code := journal.codes.get(purpose))
    ]
    return [*rows, {"label": _("Set by"), "value": _who_and_when(journal.set_by, journal.set_at)}]


@sensitive_post_parameters("account_name", "sort_code", "account_number")
@form_page
@proved_recently
def paying_account_new(request, slug):
    """Enter the account the programme pays from, now or from a later day."""
    programme = programme_for(request, slug, rules.can_set_files)
    form = PayingAccountForm(posted(request))
    if attempt(form, lambda: setup.set_paying_account(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Entered. Now a second person in finance confirms it."))
        return redirect("file_settings", programme.slug)
    return render(request, "payments/bank_files/account_new.html", {"programme": programme, "form": form})


@form_page
@proved_recently
def paying_account(request, slug, pk):
    """Show one account the programme pays from in full; POST confirms it as the second person."""
    programme = programme_for(request, slug, rules.can_set_files)
    account = get_object_or_404(
        PayingAccount.objects.filter(programme=programme).select_related("set_by", "confirmed_by"), pk=pk
    )
    if request.method == "POST":
        if attempt_button(request, lambda: setup.confirm_paying_account(account=account, by=request.user)):
            messages.success(request, _("Confirmed. Files are made with this account from its day on."))
        return redirect("file_settings", programme.slug)
    ruling = rules.can_confirm_paying_account(request.user, account)
    context = {
        "programme": programme,
        "account": account,
        "rows": _account_rows(account),
        "can_confirm": bool(ruling),
        "why_not": ruling.why_not,
    }
    return render(request, "payments/bank_files/account.html", context)


@form_page
def bank_layout(request, slug):
    """Set the columns of the bank file, with a preview of invented people."""
    programme = programme_for(request, slug, rules.can_set_files)
    presets = {preset.key: preset for preset in columns.PRESETS}
    chosen = presets.get(request.GET.get("preset", ""))
    layout = chosen.layout if chosen else registry.bank_layout(programme)
    form = BankFileFormatForm(posted(request), layout=layout)

    def check_or_set():
        layouts.check_layout(form.layout)
        if "preview" in request.POST:
            return form.layout
        return setup.set_bank_layout(programme=programme, by=request.user, layout=form.layout)

    columns_now = {_("The columns that are set"): ", ".join(registry.bank_layout(programme).heading_line())}
    if done := attempt(form, check_or_set, edits=programme, facts=columns_now):
        if "preview" not in request.POST:
            messages.success(request, _("The columns are set. The next bank file has them."))
            return redirect("file_settings", programme.slug)
        layout = done.result
    context = {
        "programme": programme,
        "form": form,
        "column_forms": form.column_forms,
        "presets": [
            {
                "label": preset.label,
                "url": f"{reverse('bank_layout', args=[programme.slug])}?preset={preset.key}",
                "current": preset is chosen,
            }
            for preset in columns.PRESETS
        ],
        "preview": None if form.all_errors else "\n".join(_preview(layout)),
    }
    return render(request, "payments/bank_files/columns.html", context)


class _InventedAccount:
    account_name, sort_code, account_number = "Invented Programme", "000000", "00000001"


def _preview(layout):
    """Write the lines of a file of two invented people."""
    day = add_working_days(timezone.localdate(), 1)
    lines = [layout.heading_line()] if layout.headings else []
    for index, (name, pence) in enumerate((("Siân Invented-Example", 7500), ("Bo Nobody", 1250)), start=1):
        lines.append(
            layout.cells(
                sort_code="000000",
                account_number=f"0000001{index}",
                name=name,
                pence=pence,
                reference=f"INVENTED000{index}",
                day=day,
                account=_InventedAccount,
            )
        )
    return [",".join(line) for line in lines]


@form_page
def journal_layout(request, slug):
    """Set which accounts package the journals are for, and the account codes."""
    programme = programme_for(request, slug, rules.can_set_files)
    form = JournalFormatForm(posted(request), row=JournalFormat.objects.latest_of(programme))
    act = partial(setup.set_journal_layout, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.terms), edits=programme):
        messages.success(request, _("The account codes are set. The next journal has them."))
        return redirect("file_settings", programme.slug)
    return render(request, "payments/bank_files/journal.html", {"programme": programme, "form": form})
