"""Pages on which staff choose the words of their programme: all kinds, one kind, the editor, the check, the letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.wording import actions, checking, queries
from programmes.wording.checking import WordingError
from programmes.wording.forms import WordsForm
from programmes.wording.pages import CheckPage, EditorPage, KindPage, columns, own_words_of, row_of
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.languages import Language


@read_page
def wordings(request, slug):
    """List the kinds of messages of a programme, and whether each has words of its own."""
    programme = _programme(request, slug)
    context = {
        "programme": programme,
        "columns": columns(),
        "rows": [row_of(slug, row) for row in queries.kinds_of(programme)],
        "fixed": queries.fixed_kinds(),
    }
    return render(request, "programmes/wording/wordings.html", context)


@read_page
def wording(request, slug, kind):
    """Show one kind of message: its words in each language, what went wrong, and every version."""
    programme = _programme(request, slug)
    page = KindPage(programme, _kind(kind))
    return render(request, "programmes/wording/wording.html", {"programme": programme, "page": page})


@form_page
def wording_edit(request, slug, kind, language):
    """Write words for one kind of message in one language.

    A POST shows them as people would get them, or, with `confirm`, uses them.
    """
    programme, kind, language = _programme(request, slug), _kind(kind), _language(language)
    newest = queries.newest(programme, kind.key, language)
    start = queries.starting_words(programme, kind, language)
    initial = {
        "subject": start.subject,
        "words": start.words,
        "short": start.short,
        "effective_from": today(),
        "based_on": newest.pk if newest else 0,
    }
    form = WordsForm(posted(request), initial=initial, kind=kind, direction=language.direction)
    context = {"programme": programme, "kind": kind, "language": language, "form": form}
    if request.method != "POST":
        return _editor(request, context, start)
    if "confirm" in request.POST:
        if attempt(form, lambda: _use(request, context)):
            messages.success(request, _("The new words are saved. Messages written before stay as they were."))
            return redirect("wording", slug, kind.key)
    elif "change" not in request.POST and _can_be_used(context):
        own = own_words_of(language, form.cleaned_data)
        page = CheckPage(
            programme,
            kind,
            own,
            request.user.person,
            find=request.POST.get("find", "").strip(),
            chosen=request.POST.get("as", ""),
        )
        return render(request, "programmes/wording/check.html", {**context, "page": page})
    typed = {name: request.POST.get(name, "") for name in ("subject", "words", "short")}
    return _editor(request, context, own_words_of(language, typed))


@form_page
def wording_letter(request, slug, kind, language):
    """Draw the letter in the words of a form, as one person would get it, as a PDF. A GET leads to the form."""
    programme, kind, language = _programme(request, slug), _kind(kind), _language(language)
    if request.method != "POST":
        return redirect("wording_edit", slug, kind.key, language)
    form = WordsForm(request.POST, kind=kind, direction=language.direction)
    context = {"programme": programme, "kind": kind, "language": language, "form": form}
    if _can_be_used(context):
        own = own_words_of(language, form.cleaned_data)
        page = CheckPage(programme, kind, own, request.user.person, chosen=request.POST.get("as", ""))
        try:
            letter = page.preview.letter()
        except ActionError as error:
            error.add_to(form)
        else:
            return made_pdf(letter, f"{kind.key}-with-example-facts.pdf")
    typed = {name: request.POST.get(name, "") for name in ("subject", "words", "short")}
    return _editor(request, context, own_words_of(language, typed))


@button_page
def wording_standard(request, slug, kind, language):
    """Use the standard words of a kind of message again."""
    programme, kind, language = _programme(request, slug), _kind(kind), _language(language)
    if attempt_button(
        request,
        lambda: actions.use_standard(programme=programme, kind=kind.key, language=language, by=request.user),
    ):
        messages.success(request, _("The standard words are used again from today."))
    return redirect("wording", slug, kind.key)


@button_page
def wording_gaps_seen(request, slug, kind):
    """Say that the fields that had nothing to say are dealt with."""
    programme, kind = _programme(request, slug), _kind(kind)
    if attempt_button(request, lambda: actions.deal_with_gaps(programme=programme, kind=kind.key, by=request.user)):
        messages.success(request, _("Noted. We will tell you when it happens again."))
    return redirect("wording", slug, kind.key)


def _programme(request, slug):
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    return programme


def _kind(key):
    try:
        return checking.kind_of(key)
    except WordingError:
        raise Http404 from None


def _language(key):
    if key not in Language.values:
        raise Http404
    return Language(key)


def _can_be_used(context):
    """Return whether what was typed could be used; if not, the reason stands beside its field."""
    form = context["form"]
    if not form.is_valid():
        return False
    values = form.cleaned_data
    try:
        checking.check(
            context["kind"],
            context["programme"].speaker,
            subject=values["subject"],
            words=values["words"],
            short=values["short"],
        )
    except ActionError as error:
        error.add_to(form)
        return False
    return True


def _use(request, context):
    return actions.use_words(
        programme=context["programme"],
        kind=context["kind"].key,
        language=context["language"],
        by=request.user,
        **context["form"].cleaned_data,
    )


def _editor(request, context, own):
    page = EditorPage(context["programme"], context["kind"], own)
    return render(request, "programmes/wording/edit.html", {**context, "page": page})
