"""Handle a new sign-in address on somebody's behalf: a colleague asks, others agree or stop it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.accounts import rules
from people.accounts.actions import addresses
from people.accounts.forms.addresses import AgreeToAddressForm, AskForAddressForm
from people.accounts.models.addresses import AddressChange
from people.accounts.reauthentication import proved_recently
from people.directory.models import Person
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, form_page, posted
from wellbeing.lib.links import by_key, private_page


@form_page
@proved_recently
def address_ask(request, pk):
    """Ask for another sign-in address for somebody."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    rules.can_ask_for_address(request.user, person).insist(PermissionDenied)
    form = AskForAddressForm(posted(request))
    if done := attempt(form, lambda: addresses.ask(person=person, by=request.user, **form.cleaned_data)):
        change = done.result
        messages.success(request, _("Asked for. It does not count yet: see below what happens next."))
        return redirect("address_change", change.pk)
    return render(request, "people/accounts/address_ask.html", {"person": person, "form": form})


@form_page
@proved_recently
def address_change(request, pk):
    """Show the state of a new sign-in address. A second colleague agrees here; the person or a colleague stops it."""
    change = get_object_or_404(AddressChange.objects.select_related("person", "asked_by", "agreed_by"), pk=pk)
    own = change.person_id == request.user.person.pk
    if not own and not Person.objects.visible_to(request.user).filter(pk=change.person_id).exists():
        raise Http404
    rules.can_stop_address_change(request.user, change).insist(PermissionDenied)
    can_agree = rules.can_agree_to_address(request.user, change)
    stopping = request.POST.get("stop") == "yes"
    form = AgreeToAddressForm(None if stopping else posted(request))
    if request.method == "POST" and (stopping or form.is_valid()):
        try:
            if stopping:
                addresses.stop(change=change, by=request.user)
                messages.success(request, _("Stopped. The address stays as it was."))
            else:
                addresses.agree(change=change, by=request.user, **form.cleaned_data)
                messages.success(request, _("You have agreed. The new address is asked once the waiting time is over."))
        except ActionError as error:
            if stopping:
                messages.error(request, str(error))
            else:
                error.add_to(form)
        if stopping or form.is_valid():
            return redirect("address_change", change.pk)
    context = {
        "change": change,
        "person": change.person,
        "own": own,
        "rows": _rows(change),
        "can_agree": bool(can_agree),
        "why_not": can_agree.why_not if not own and change.status == AddressChange.Status.ASKED else "",
        "form": form,
    }
    return render(request, "people/accounts/address_change.html", context)


# The key in the address is the secret that a CSRF token would be: see events/views/replies.py.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@private_page
def address_link(request, key):
    """Show the page behind the links of a change: the old address says yes or no to it, and then the new one does."""
    rows = AddressChange.objects.select_related("person")
    change, at_new = by_key(rows, key), False
    if change is None:
        change, at_new = by_key(rows, key, "new_key"), True
    if change is None:
        return render(request, "people/accounts/link_unknown.html", status=404)
    problem = ""
    if request.method == "POST":
        act = addresses.take if at_new else addresses.agree_from_old_address
        try:
            act = act if request.POST.get("answer") == "yes" else addresses.stop
            change = act(change=change, by=None)
        except ActionError as error:
            problem = str(error)
            change.refresh_from_db()
    return render(
        request, "people/accounts/address_link.html", {"change": change, "problem": problem, "at_new": at_new}
    )


def _rows(change):
    rows = [
        {"label": _("Address now"), "value": change.old_address},
        {"label": _("New address"), "value": change.new_address},
        {"label": _("Asked for by"), "value": _said(change.asked_by, change.asked_at)},
        {"label": _("How they made sure"), "value": change.asked_how},
        {"label": _("Status"), "value": change.get_status_display()},
    ]
    if change.agreed_by:
        rows += [
            {"label": _("Agreed by"), "value": _said(change.agreed_by, change.agreed_at)},
            {"label": _("How they made sure"), "value": change.agreed_how},
        ]
    elif change.agreed_at:
        rows.append({"label": _("Agreed by"), "value": _("The address before, %s") % long_date(change.agreed_at)})
    if change.status == AddressChange.Status.AGREED:
        when = f"{long_date(change.takes_effect_at)}, {time_of_day(change.takes_effect_at)}"
        rows.append({"label": _("The new address is asked"), "value": when})
    return [row for row in rows if row["value"]]


def _said(person, moment):
    return f"{person.full_name}, {long_date(moment)}, {time_of_day(moment)}"
