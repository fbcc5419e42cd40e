"""Pages to set up a programme, change it, and name its partners."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from programmes.programme import rules
from programmes.programme.actions import partnerships, programmes
from programmes.programme.forms.programmes import PartnerForm, ProgrammeForm
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Partnership
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, button_page, form_page, posted


@form_page
@proved_recently
def programme_new(request):
    """Set up a programme."""
    rules.can_create_programme(request.user).insist(PermissionDenied)
    form = ProgrammeForm(posted(request))
    if done := attempt(form, lambda: programmes.create(by=request.user, **form.cleaned_data)):
        programme = done.result
        messages.success(request, _("The programme is set up. Now add its people."))
        return redirect(programme)
    return show_form(
        request,
        form,
        title=_("Set up a programme"),
        lead=_("Then add its people and propose the first staff and finance. Somebody else confirms them.")
        if request.user.is_administrator
        else _("You will be its first member of staff."),
        back_url=reverse("programmes"),
        submit=_("Set up the programme"),
    )


@form_page
def programme_edit(request, slug):
    """Change the details of a programme."""
    programme = programme_or_404(request, slug)
    rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = ProgrammeForm(
        posted(request), initial={name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    )
    act = partial(programmes.edit, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=programme):
        messages.success(request, _("The changes are saved."))
        return redirect("programme", slug)
    return show_form(
        request,
        form,
        title=_("Change this programme"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Save"),
    )


@form_page
def partnership_new(request, slug):
    """Add a partner charity."""
    programme = programme_or_404(request, slug)
    rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = PartnerForm(posted(request))
    if done := attempt(form, lambda: partnerships.add(programme=programme, by=request.user, **form.cleaned_data)):
        partnership = done.result
        messages.success(request, _("%(name)s is now a partner.") % {"name": partnership.organisation})
        return redirect("programme", slug)
    return show_form(
        request,
        form,
        title=_("Add a partner charity"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Add this partner"),
    )


@button_page
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
