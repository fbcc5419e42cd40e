"""The words a programme agreed to use."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.language import actions
from programmes.language.forms import AgreedTermForm
from programmes.language.models import AgreedTerm
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


@read_page
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


@form_page
def agreed_term_new(request, slug):
    """Add agreed words."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = AgreedTermForm(posted(request))
    if attempt(form, lambda: actions.add(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The words are on the page."))
        return redirect("agreed_language", slug)
    return show_form(
        request,
        form,
        title=_("Add agreed words"),
        caption=programme.name,
        back_url=reverse("agreed_language", args=[slug]),
        submit=_("Add these words"),
    )


@form_page
def agreed_term_edit(request, pk):
    """Change agreed words."""
    terms = AgreedTerm.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    words = get_object_or_404(terms.select_related("programme"), pk=pk)
    request.programme = words.programme
    programme_rules.can_manage_programme(request.user, words.programme).insist(PermissionDenied)
    form = AgreedTermForm(posted(request), initial={name: getattr(words, name) for name in AgreedTermForm.base_fields})
    back_url = reverse("agreed_language", args=[words.programme.slug])
    if attempt(form, lambda: actions.edit(agreed_term=words, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The changes are saved."))
        return redirect(back_url)
    return show_form(
        request,
        form,
        title=_("Change agreed words"),
        caption=words.programme.name,
        back_url=back_url,
        submit=_("Save"),
    )
