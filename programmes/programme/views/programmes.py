"""Pages to set up a programme, change it, and name its partners."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts.reauthentication import proved_recently
from programmes.programme import rules
from programmes.programme.actions import partnerships, programmes
from programmes.programme.forms.programmes import PartnerForm, ProgrammeForm
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Partnership
from programmes.programme.views.pages import form_page
from wellbeing.lib.errors import ActionError


@login_required
@proved_recently
def programme_new(request):
    """Set up a programme."""
    rules.can_create_programme(request.user).insist(PermissionDenied)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            programme = programmes.create(by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The programme is set up. Now add its people."))
            return redirect(programme)
    return form_page(
        request,
        form,
        title=_("Set up a programme"),
        lead=_("Then add its people and propose the first staff and finance. Somebody else confirms them.")
        if request.user.is_administrator
        else _("You will be its first member of staff."),
        back_url=reverse("programmes"),
        submit=_("Set up the programme"),
    )


@login_required
def programme_edit(request, slug):
    """Change what is said about a programme."""
    programme = programme_or_404(request, slug)
    rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = ProgrammeForm(
        request.POST or None, initial={name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            programmes.edit(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("programme", slug)
    return form_page(
        request,
        form,
        title=_("Change this programme"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Save"),
    )


@login_required
def partnership_new(request, slug):
    """Add a partner charity."""
    programme = programme_or_404(request, slug)
    rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            partnership = partnerships.add(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("%(name)s is now a partner.") % {"name": partnership.organisation})
            return redirect("programme", slug)
    return form_page(
        request,
        form,
        title=_("Add a partner charity"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Add this partner"),
    )


@login_required
@require_POST
def partnership_remove(request, slug, pk):
    """Take an organisation off the partners."""
    programme = programme_or_404(request, slug)
    rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    partnership = get_object_or_404(Partnership.objects.select_related("organisation"), programme=programme, pk=pk)
    partnerships.remove(partnership=partnership, by=request.user)
    messages.success(
        request,
        _("%(name)s is no longer a partner. Its people keep their roles.") % {"name": partnership.organisation},
    )
    return redirect("programme", slug)
