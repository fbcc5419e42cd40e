"""Show the words a programme agreed to use."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes.language import actions, queries
from programmes.language.forms import AgreedTermForm
from programmes.language.models import AgreedTerm
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page

# No box of ours takes more letters.
LONGEST = 20_000


@read_page
def agreed_language(request, slug):
    """Show everyone in the programme its words, the words they replace, and when and where that was agreed."""
    programme = programme_or_404(request, slug)
    return render(
        request,
        "programmes/language/language.html",
        {
            "programme": programme,
            "terms": programme.agreed_terms.select_related("decision"),
            "may_manage": programme_rules.can_manage_programme(request.user, programme),
        },
    )


@require_POST
@login_required
def words_hints(request, slug):
    """Answer a script with the words of a text that the programme agreed not to use. Nothing of the text is kept."""
    programme = programme_or_404(request, slug)
    hints = queries.hints_in(programme.pk, request.POST.get("text", "")[:LONGEST])
    return JsonResponse(
        {
            "hints": [
                _("We agreed to say “%(say)s” and not “%(found)s”.") % {"say": hint.better, "found": hint.found}
                + (f" {hint.why}" if hint.why else "")
                for hint in hints
            ]
        }
    )


@read_page
def old_words(request, slug):
    """Show staff where words still stand that the programme agreed not to use."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    found = queries.where_old_words_stand(programme)
    return render(request, "programmes/language/old_words.html", {"programme": programme, "found": found})


@form_page
def agreed_term_new(request, slug):
    """Add agreed words."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = AgreedTermForm(posted(request), programme=programme)
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
    agreed_term = get_object_or_404(terms.select_related("programme"), pk=pk)
    request.programme = agreed_term.programme
    programme_rules.can_manage_programme(request.user, agreed_term.programme).insist(PermissionDenied)
    initial = {name: getattr(agreed_term, name) for name in AgreedTermForm.base_fields}
    form = AgreedTermForm(posted(request), programme=agreed_term.programme, initial=initial)
    back_url = reverse("agreed_language", args=[agreed_term.programme.slug])
    act = partial(actions.edit, agreed_term=agreed_term, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=agreed_term):
        messages.success(request, _("The changes are saved."))
        return redirect(back_url)
    return show_form(
        request,
        form,
        title=_("Change agreed words"),
        caption=agreed_term.programme.name,
        back_url=back_url,
        submit=_("Save"),
    )
