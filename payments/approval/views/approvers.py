"""Who is asked to check a programme's claims, who covers for whom, and when approvers are warned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from payments.approval import queries, rules
from payments.approval.actions import approvers as approvers_actions
from payments.approval.forms import DutyForm, WarningLimitsForm
from payments.approval.models import WarningThresholds
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.errors import ActionError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_recently
def approvers(request, slug):
    """Who is asked to check claims today and later; add somebody, or cover for a colleague who is away."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    form = DutyForm(request.POST if request.method == "POST" else None, programme=programme)
    if form.is_bound and form.is_valid():
        try:
            duty = approvers_actions.add(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
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


@require_POST
@login_required
def approver_end(request, slug, pk):
    """End a duty to check claims."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    duty = get_object_or_404(programme.approver_duties, pk=pk)
    try:
        approvers_actions.end(duty=duty, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is not asked any more.") % {"name": duty.person})
    return redirect("approvers", slug=programme.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def warning_limits(request, slug):
    """Set from when on approvers are warned about a claim."""
    programme = programme_for(request, slug, rules.can_set_approvers)
    known = WarningThresholds.objects.effective_on([programme.pk], timezone.localdate())[programme.pk]
    initial = {name: getattr(known, name) for name in WarningLimitsForm.base_fields} if known else None
    form = WarningLimitsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            approvers_actions.set_limits(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Claims are looked at in this way from now on."))
            return redirect("approvers", slug=programme.slug)
    return render(request, "payments/approval/limits.html", {"programme": programme, "form": form})
