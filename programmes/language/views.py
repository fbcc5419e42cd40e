"""The words a programme agreed to use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.language import actions
from programmes.language.forms import AgreedTermForm
from programmes.language.models import AgreedTerm
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import form_page
from wellbeing.lib.errors import ActionError


@require_safe
@login_required
def agreed_language(request, slug):
    """What we say, what it replaces, when and where that was agreed: for everyone in the programme."""
    programme = programme_or_404(request, slug)
    return render(
        request,
        "programmes/language/language.html",
        {
            "programme": programme,
            "terms": programme.agreed_terms.all(),
            "may_manage": programme_rules.can_manage_programme(request.user, programme),
        },
    )


@login_required
def agreed_term_new(request, slug):
    """Add agreed words."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = AgreedTermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The words are on the page."))
            return redirect("agreed_language", slug)
    return form_page(
        request,
        form,
        title=_("Add agreed words"),
        caption=programme.name,
        back_url=reverse("agreed_language", args=[slug]),
        submit=_("Add these words"),
    )


@login_required
def agreed_term_edit(request, pk):
    """Change agreed words."""
    terms = AgreedTerm.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    words = get_object_or_404(terms.select_related("programme"), pk=pk)
    request.programme = words.programme
    programme_rules.can_manage_programme(request.user, words.programme).insist(PermissionDenied)
    form = AgreedTermForm(
        request.POST or None, initial={name: getattr(words, name) for name in AgreedTermForm.base_fields}
    )
    back_url = reverse("agreed_language", args=[words.programme.slug])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(agreed_term=words, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(back_url)
    return form_page(
        request,
        form,
        title=_("Change agreed words"),
        caption=words.programme.name,
        back_url=back_url,
        submit=_("Save"),
    )
