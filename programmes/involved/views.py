"""The open form to get involved, and the pages on which staff keep it and answer those who wrote."""

from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.directory.likeness import in_words
from people.models import Person
from people.privacy.models import PrivacyRule
from people.privacy.rules import time_for
from programmes.involved import actions, queries, rules
from programmes.involved.forms import AnswerForm, GetInvolvedForm, OpenFormForm
from programmes.involved.models import InvolvementInterest
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.public_pages import too_often


def _open_form_or_404(slug):
    """Return the open form of the programme, or one that is closed; 404 where there never was one."""
    form = queries.open_form_of(get_object_or_404(Programme, slug=slug))
    if form is None:
        raise Http404
    return form


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def get_involved(request, slug):
    """Let anybody write that they would like to get involved; nobody has to sign in."""
    open_form = _open_form_or_404(slug)
    programme = open_form.programme
    rule = queries.rule_of(programme, today())
    form = GetInvolvedForm(posted(request), least_seconds=rule.least_seconds)
    if request.method == "POST" and _sends_too_often(request):
        return too_often(request)
    if open_form.is_open and attempt(form, lambda: _keep(programme, form)):
        return redirect("get_involved_thanks", slug)
    kept = time_for(PrivacyRule.Kind.UNANSWERED).length
    context = {"named": programme, "open_form": open_form, "form": form, "kept": kept}
    status = HTTPStatus.OK if open_form.is_open else HTTPStatus.GONE
    return render(request, "programmes/involved/get_involved.html", context, status=status)


def _keep(programme, form):
    """Keep what was written; what a program wrote is thanked for and thrown away, so that it learns nothing."""
    if not form.is_by_a_program:
        actions.write(programme=programme, by=None, **form.told)


def _sends_too_often(request):
    return ratelimit.consume(request, app="allauth.account", action="get_involved") is None


@login_not_required
@require_safe
def get_involved_thanks(request, slug):
    """Thank somebody who wrote, and say what happens next."""
    open_form = _open_form_or_404(slug)
    return render(request, "programmes/involved/thanks.html", {"named": open_form.programme})


@read_page
def interests(request, slug):
    """List those who wrote to the programme, and the link of its form."""
    programme = _kept_programme(request, slug)
    open_form = queries.open_form_of(programme)
    context = {
        "programme": programme,
        "open_form": open_form,
        "link": request.build_absolute_uri(open_form.get_absolute_url()) if open_form else "",
        "rows": queries.interests_of(programme),
    }
    return render(request, "programmes/involved/interests.html", context)


@form_page
def open_form_edit(request, slug):
    """Open, close and word the form."""
    programme = _kept_programme(request, slug)
    before = queries.open_form_of(programme)
    initial = {"words": before.words, "is_open": "yes" if before.is_open else "no"} if before else {"is_open": "yes"}
    form = OpenFormForm(posted(request), initial=initial)
    if attempt(form, lambda: actions.set_form(programme=programme, by=request.user, **form.cleaned_data), edits=before):
        messages.success(request, _("The form is saved."))
        return redirect("interests", slug)
    return show_form(
        request,
        form,
        title=_("The form to get involved"),
        caption=programme.name,
        lead=_("Put its link on your website or a poster. Who writes by it stands in your list, and you welcome them."),
        back_url=reverse("interests", args=[slug]),
        submit=_("Save"),
    )


@form_page
def interest(request, pk):
    """Answer somebody who would like to get involved."""
    rows = InvolvementInterest.objects.select_related("programme", "person", "answered_by")
    found = get_object_or_404(rows.filter(programme__in=Programme.objects.visible_to(request.user)), pk=pk)
    request.programme = found.programme
    rules.can_keep_form(request.user, found.programme).insist(PermissionDenied)
    waits = found.status == InvolvementInterest.Status.WAITING
    likely = queries.who_it_may_be(found) if waits else []
    choices = [(str(like.who.person), f"{like.who.name} ({in_words(like.same)})") for like in likely]
    form = AnswerForm(posted(request), likely=choices)
    if waits and (done := attempt(form, lambda: _answer(found, form.cleaned_data, request.user))):
        return _said(request, found, done.result)
    context = {"interest": found, "programme": found.programme, "form": form, "waits": waits}
    return render(request, "programmes/involved/interest.html", context)


def _answer(found, answer, by):
    what = answer["what"]
    if what == "no":
        return actions.decline(interest=found, answer=answer["answer"], by=by)
    person = None if what == "new" else Person.objects.get(pk=what.removeprefix("person-"))
    return actions.welcome(interest=found, by=by, person=person)


def _said(request, found, result):
    if isinstance(result, Person):
        messages.success(request, _("%(name)s is in the programme.") % {"name": result})
        return redirect("person", result.pk)
    if found.email:
        messages.success(request, _("It is noted, and your words go to their email address."))
    else:
        messages.success(request, _("It is noted. They left a phone number alone, so please ring them."))
    return redirect("interests", found.programme.slug)


def _kept_programme(request, slug):
    programme = programme_or_404(request, slug)
    rules.can_keep_form(request.user, programme).insist(PermissionDenied)
    return programme
