"""Show proposals to make somebody staff or finance, and the people who may set up programmes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.accounts import sharing
from people.accounts.reauthentication import proved_recently
from people.models import Person
from programmes.members import rules
from programmes.members.actions import appointments
from programmes.members.forms import CreatorForm
from programmes.programme import rules as programme_rules
from programmes.programme.models.joining import Appointment, CreatorRight
from wellbeing.lib.dates import long_date, short_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import button_page, form_page, is_sent, posted
from wellbeing.lib.links import by_key, private_page


@form_page
@proved_recently
def appointment(request, pk):
    """Show one proposal: who proposes whom for what. People who may confirm or refuse it do so here."""
    row = get_object_or_404(
        Appointment.objects.select_related("person", "programme", "proposed_by", "decided_by"), pk=pk
    )
    if not rules.can_see_appointment(request.user, row):
        raise Http404
    request.programme = row.programme
    own = row.proposed_by_id == request.user.person.pk
    if request.method == "POST":
        confirming = request.POST.get("answer") == "confirm"
        try:
            if confirming:
                rules.can_confirm_appointment(request.user, row).insist(PermissionDenied)
                appointments.confirm(appointment=row, by=request.user)
                messages.success(request, _("Confirmed. %(name)s has the role now.") % {"name": row.person})
            else:
                rules.can_refuse_appointment(request.user, row).insist(PermissionDenied)
                appointments.refuse(appointment=row, by=request.user)
                sentence = (
                    _("Withdrawn. %(name)s does not get the role.")
                    if own
                    else _("Refused. %(name)s does not get the role.")
                )
                messages.success(request, sentence % {"name": row.person})
        except ActionError as error:
            messages.error(request, str(error))
        return redirect("appointment", pk)
    confirm = rules.can_confirm_appointment(request.user, row)
    context = {
        "appointment": row,
        "programme": row.programme,
        "rows": _rows(row),
        "can_confirm": bool(confirm),
        "own": own,
        "asked_host": bool(row.key) and row.status == Appointment.Status.WAITING,
        "can_refuse": bool(rules.can_refuse_appointment(request.user, row)),
        "why_not": confirm.why_not if row.status == Appointment.Status.WAITING else "",
        "can_open_person": Person.objects.visible_to(request.user).filter(pk=row.person_id).exists(),
    }
    return render(request, "programmes/members/appointment.html", context)


# The key in the address is the secret that a CSRF token would be: see events/views/replies.py.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@private_page
def appointment_link(request, key):
    """Show the page behind the link that went to the host's contact: say yes or no where nobody else can confirm."""
    rows = Appointment.objects.select_related("person", "programme", "proposed_by")
    row = by_key(rows, key)
    if row is None:
        return render(request, "people/accounts/link_unknown.html", status=404)
    problem = ""
    if request.method == "POST":
        try:
            if request.POST.get("answer") == "yes":
                appointments.confirm_by_host(appointment=row, by=None)
            else:
                appointments.refuse(appointment=row, by=None)
        except ActionError as error:
            problem = str(error)
        row.refresh_from_db()
    return render(request, "programmes/members/appointment_link.html", {"appointment": row, "problem": problem})


@form_page
@proved_recently
def creators(request):
    """Show who may set up programmes; administrators give and end the right."""
    programme_rules.can_administer(request.user).insist(PermissionDenied)
    form = CreatorForm(posted(request))
    if is_sent(form):
        person = next((user.person for user in sharing.accounts_at(form.cleaned_data["email"])), None)
        if person is None:
            form.add_error("email", _("Nobody signs in with this address."))
        else:
            try:
                appointments.give_creator_right(person=person, by=request.user)
            except ActionError as error:
                form.add_error("email", str(error))
            else:
                messages.success(request, _("%(name)s can set up programmes.") % {"name": person})
                return redirect("creators")
    rights = CreatorRight.objects.filter(ended_at=None).select_related("person__user", "given_by")
    return render(request, "programmes/members/creators.html", {"form": form, "rights": rights})


@button_page
def creator_end(request, pk):
    """End somebody's right to set up programmes."""
    programme_rules.can_administer(request.user).insist(PermissionDenied)
    right = get_object_or_404(CreatorRight.objects.select_related("person"), pk=pk)
    appointments.end_creator_right(right=right, by=request.user)
    messages.success(request, _("%(name)s can no longer set up programmes.") % {"name": right.person})
    return redirect("creators")


def _rows(row):
    rows = [
        {"label": _("Person"), "value": row.person.full_name},
        {"label": _("Email address"), "value": row.person.email},
        {"label": _("Role"), "value": row.get_role_display()},
        {"label": _("From"), "value": short_date(row.starts_on)},
        {"label": _("Proposed by"), "value": _said(row.proposed_by, row.proposed_at)},
        {"label": _("Status"), "value": row.get_status_display()},
    ]
    if row.decided_at:
        rows.append({"label": _("Decided"), "value": _said(row.decided_by, row.decided_at)})
    if row.way:
        rows.append({"label": _("Confirmed"), "value": row.get_way_display()})
    return [fact for fact in rows if fact["value"]]


def _said(person, moment):
    when = f"{long_date(moment)}, {time_of_day(moment)}"
    return f"{person.full_name}, {when}" if person else when
