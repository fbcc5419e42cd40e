"""A person's own pages about how they are paid: the method, the account, and changing both."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from payments.payees import queries, rules
from payments.payees.actions import bank, methods
from payments.payees.forms.bank import BankDetailsForm
from payments.payees.forms.methods import MethodForm
from payments.payees.models.bank import BankDetails
from payments.payees.models.methods import MethodChoice, PaymentMethod
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, form_page, is_sent, posted, read_page


@read_page
def your_bank(request):
    """Show how the reader is paid: the method and, for a bank account, most of its number hidden and its state."""
    person = request.user.person
    choice = MethodChoice.objects.filter(person=person).first()
    method = PaymentMethod(choice.method) if choice else PaymentMethod.BANK
    details = BankDetails.objects.select_related("person").filter(person=person).first()
    context = {
        "method": method,
        "choice": choice,
        "by_bank": method == PaymentMethod.BANK,
        "needs_address": method == PaymentMethod.CHEQUE and not person.postal_address,
        "address": person.postal_address,
        "details": details,
        "rows": _own_rows(details),
        "can_choose": len(queries.methods_offered(person)) > 1 or method != PaymentMethod.BANK,
    }
    return render(request, "payments/payees/bank/yours.html", context)


def _own_rows(details):
    if details is None:
        return []
    state = (
        _("Being checked. We do that before we pay you")
        if details.is_on_hold
        else _("Checked on %(day)s") % {"day": long_date(details.confirmed_at)}
    )
    if details.asked_again_at:
        state = _("Something is wrong with them. Please give them to us again")
    rows = [
        {"label": _("Account"), "value": details.masked},
        {"label": _("Date you gave it"), "value": long_date(details.changed_at)},
        {"label": _("Status"), "value": state},
    ]
    if details.roll_number:
        rows.insert(1, {"label": _("Roll number"), "value": _("We have one")})
    return rows


@form_page
def your_method(request):
    """Choose how one gets one's money: into a bank account, by cheque or in cash, as the programmes offer."""
    person = request.user.person
    allowed = rules.can_change_bank_details(person)
    if not allowed:
        return render(request, "payments/payees/bank/change_later.html", {"why_not": allowed.why_not})
    choice = MethodChoice.objects.filter(person=person).first()
    form = MethodForm(
        posted(request),
        offered=queries.methods_offered(person),
        initial={"method": choice.method if choice else PaymentMethod.BANK},
    )
    if done := attempt(form, lambda: methods.choose(person=person, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved. This is how we will pay you."))
        has_account = BankDetails.objects.filter(person=person).exists()
        ask_for_account = done.result.method == PaymentMethod.BANK and not has_account
        return redirect("your_bank_change" if ask_for_account else "your_bank")
    return render(request, "payments/payees/bank/method.html", {"form": form})


@sensitive_post_parameters("account_name", "sort_code", "account_number", "roll_number")
@form_page
@proved_recently
def your_bank_change(request):
    """Give or change one's own bank details. Those on record are never shown again in full."""
    allowed = rules.can_change_bank_details(request.user.person)
    if not allowed:
        return render(request, "payments/payees/bank/change_later.html", {"why_not": allowed.why_not})
    form = BankDetailsForm(posted(request))
    if is_sent(form):
        try:
            bank.save(person=request.user.person, by=request.user, **form.cleaned_data)
        except ActionError as error:
            ask_whether_sure(form, error)
            error.add_to(form)
        else:
            messages.success(request, _("Your bank details are saved."))
            return redirect("your_bank")
    return render(request, "payments/payees/bank/change.html", {"form": form})


def ask_whether_sure(form, error):
    """Ask on `form` whether numbers that look wrong are to be kept, where that is what `error` says."""
    if error.field == "sure" and "sure" not in form.fields:
        form.ask_whether_sure()
