"""Pages on which finance writes down what people told them on paper or by phone about how they are paid."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from payments.claims.models.claim import Claim
from payments.payees import rules
from payments.payees.actions import bank, methods
from payments.payees.forms.methods import TellBankDetailsForm, TellMethodForm
from payments.payees.models.methods import MethodChoice, PaymentMethod
from payments.payees.views.yours import ask_whether_sure
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from people.models import Person
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, form_page, is_sent, posted


def _payee_for(request, programme, pk):
    """Return the person with the id `pk` whom `programme` owes money. Raises Http404 or PermissionDenied otherwise."""
    owed = Claim.objects.owed().filter(programme=programme)
    person = get_object_or_404(Person.objects.filter(pk__in=owed.values("person")), pk=pk)
    rules.can_write_down(request.user, person, programme).insist(PermissionDenied)
    return person


@form_page
@proved_recently
def payee_method(request, slug, pk):
    """Write down how somebody wants their money; for a bank account the details come next."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    person = _payee_for(request, programme, pk)
    choice = MethodChoice.objects.filter(person=person).first()
    form = TellMethodForm(
        posted(request), initial={"method": choice.method, "said_how": choice.said_how} if choice else {}
    )
    if done := attempt(
        form,
        lambda: methods.write_down(person=person, programme=programme, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Written down: how %(name)s wants their money.") % {"name": person.full_name})
        if done.result.method == PaymentMethod.BANK:
            return redirect("payee_bank", programme.slug, person.pk)
        return redirect("bank_details", programme.slug)
    context = {"programme": programme, "person": person, "form": form}
    return render(request, "payments/payees/bank/told_method.html", context)


@sensitive_post_parameters("account_name", "sort_code", "account_number", "roll_number")
@form_page
@proved_recently
def payee_bank(request, slug, pk):
    """Write down the bank details that somebody told finance; another person confirms them."""
    programme = programme_for(request, slug, rules.can_see_bank_details)
    person = _payee_for(request, programme, pk)
    form = TellBankDetailsForm(posted(request))
    if is_sent(form):
        try:
            bank.write_down(person=person, programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            ask_whether_sure(form, error)
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Another person in finance checks them before they are paid."))
            return redirect("bank_details", programme.slug)
    context = {"programme": programme, "person": person, "form": form}
    return render(request, "payments/payees/bank/told_bank.html", context)
