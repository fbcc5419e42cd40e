"""Let people say whether a record that a programme added is them: by the link, signed in, or beside a colleague."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.accounts.reauthentication import proved_recently
from programmes.members import queries
from programmes.members.actions import joining as joining_actions
from programmes.members.forms import CodeForm
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted
from wellbeing.lib.links import by_key, private_page


@form_page
def joinings(request):
    """Show the programmes that have added the reader by their address, each to say yes or no to."""
    offered = queries.joinings_offered_to(request.user)
    if request.method == "POST":
        joining = get_object_or_404(offered, pk=_number(request.POST.get("joining")))
        try:
            if request.POST.get("answer") == "yes":
                joining_actions.accept(joining=joining, by=request.user)
                sentence = _("You have joined %(programme)s. What it has for you is on your home page.")
            elif request.POST.get("answer") == "apart":
                joining_actions.tell_apart(joining=joining, by=request.user)
                sentence = _("From now on they get a code of their own at your address, and can say yes there.")
            else:
                joining_actions.decline(joining=joining, by=request.user)
                sentence = _("You are not in %(programme)s. We have told its staff.")
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, sentence % {"programme": joining.programme.name})
        return redirect("joinings" if offered.exists() else "home")
    return render(request, "programmes/members/joinings.html", {"joinings": _with_roles(offered)})


# The key in the address is the secret that a CSRF token would be: see events/views/replies.py.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@private_page
def joining_link(request, key):
    """Show the page behind the link in the message: say yes or no without signing in. Opening it changes nothing."""
    rows = Joining.objects.select_related("person", "programme", "asked_by")
    joining = by_key(rows, key)
    if joining is None:
        return render(request, "people/accounts/link_unknown.html", status=404)
    answered, problem, to_be_sure = joining.answer, "", False
    if not answered and request.method == "POST":
        said = request.POST.get("answer")
        # Two people who are put together by mistake cannot be taken apart again.
        to_be_sure = said == "yes" and "sure" not in request.POST and queries.is_known_by_another_name(joining)
        try:
            answered = "" if to_be_sure else _answer(joining, said)
        except ActionError as error:
            problem = str(error)
    context = {
        "joining": joining,
        "programme": joining.programme,
        "roles": programme_queries.roles_in_words(joining.person, joining.programme),
        "answered": answered,
        "problem": problem,
        "to_be_sure": to_be_sure,
        "code": queries.code_in_two(joining),
        "code_apart": queries.code_in_two(joining, apart=True),
    }
    return render(request, "programmes/members/joining_link.html", context)


def _answer(joining, said):
    """Record what the reader of a link said: "yes", "apart" or "no". Return the Joining.Answer. Raises ActionError."""
    if said == "yes":
        joining_actions.accept(joining=joining, by=None)
    elif said == "apart":
        joining_actions.tell_apart(joining=joining, by=None)
    else:
        joining_actions.decline(joining=joining, by=None)
        return Joining.Answer.NO
    return Joining.Answer.YES


@button_page
def joining_send_again(request, pk):
    """Send the question to the address again."""
    joining = _of_staff(request, pk)
    if attempt_button(request, lambda: joining_actions.send_again(joining=joining, by=request.user)):
        messages.success(request, _("We are writing to them again."))
    return redirect("person", joining.person_id)


@form_page
@proved_recently
def joining_in_person(request, pk):
    """Join with somebody who is there: they read out the code that their link shows."""
    joining = _of_staff(request, pk)
    form = CodeForm(posted(request))
    if done := attempt(
        form, lambda: joining_actions.accept_in_person(joining=joining, by=request.user, code=form.cleaned_data["code"])
    ):
        person = done.result
        messages.success(request, _("%(name)s has joined.") % {"name": person})
        return redirect("person", person.pk)
    return show_form(
        request,
        form,
        title=_("Join with them here"),
        caption=str(joining.person),
        lead=_("Ask them to open the email we sent and to read out the code at the end of the page it leads to."),
        back_url=reverse("person", args=[joining.person_id]),
        submit=_("They agree"),
    )


def _of_staff(request, pk):
    """Return the joining `pk` of a programme whose staff the reader is.

    404 for strangers, 403 for others of the programme.
    """
    joining = get_object_or_404(
        Joining.objects.select_related("person", "programme").filter(
            programme__in=Programme.objects.visible_to(request.user)
        ),
        pk=pk,
    )
    request.programme = joining.programme
    programme_rules.can_manage_programme(request.user, joining.programme).insist(PermissionDenied)
    return joining


def _with_roles(offered):
    return [
        {"joining": joining, "roles": programme_queries.roles_in_words(joining.person, joining.programme)}
        for joining in offered
    ]


def _number(text):
    try:
        return int(text)
    except (TypeError, ValueError):
        raise Http404 from None
