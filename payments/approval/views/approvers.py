"""Pages on which staff set who checks a programme's claims, who deputises for whom, and when approvers are warned."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.approval import queries, rules
from payments.approval.actions import approvers as approvers_actions
from payments.approval.forms import AssignmentForm, WarningThresholdsForm
from payments.approval.models import WarningThresholds
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


@form_page
@proved_recently
def approvers(request, slug):
    """Show who is asked to check claims today and later; add somebody, or a deputy for a colleague who is away."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    form = AssignmentForm(posted(request), programme=programme)
    if done := attempt(form, lambda: approvers_actions.add(programme=programme, by=request.user, **form.cleaned_data)):
        duty = done.result
        messages.success(request, _("Saved: %(name)s is asked to check claims.") % {"name": duty.person})
        return redirect("approvers", slug=programme.slug)
    today = timezone.localdate()
    context = {
        "programme": programme,
        "form": form,
        "asked": queries.who_is_asked([programme.pk], today)[programme.pk],
        "duties": [{"duty": duty, "now": duty.starts_on <= today} for duty in queries.duties_of(programme)],
        "limits": WarningThresholds.objects.effective_on([programme.pk], today)[programme.pk],
    }
    return render(request, "payments/approval/approvers.html", context)


@button_page
def approver_end(request, slug, pk):
    """End the assignment of an approver."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    duty = get_object_or_404(programme.approver_duties, pk=pk)
    if attempt_button(request, lambda: approvers_actions.end(duty=duty, by=request.user)):
        messages.success(request, _("%(name)s is not asked any more.") % {"name": duty.person})
    return redirect("approvers", slug=programme.slug)


@form_page
def warning_limits(request, slug):
    """Set the thresholds from which approvers are warned about a claim."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    current = WarningThresholds.objects.effective_on([programme.pk], timezone.localdate())[programme.pk]
    initial = {name: getattr(current, name) for name in WarningThresholdsForm.base_fields} if current else None
    form = WarningThresholdsForm(posted(request), initial=initial)
    act = partial(approvers_actions.set_limits, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=current or programme):
        messages.success(request, _("Saved. Claims are looked at in this way from now on."))
        return redirect("approvers", slug=programme.slug)
    return render(request, "payments/approval/limits.html", {"programme": programme, "form": form})
