"""Pages of somebody's part in a programme: a break, stepping back from a group, leaving, and coming back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.programme.models.groups import Term
from programmes.programme.models.pauses import Comeback, Pause
from programmes.programme.models.programmes import Programme
from programmes.programme.views.pages import show_form
from programmes.taking_part import actions, rules
from programmes.taking_part.forms import BreakForm, ComebackAnswerForm, ComebackForm, LastDayForm
from programmes.taking_part.guards import person_and_programme
from programmes.taking_part.page import PartPage
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@read_page
def part(request, slug, person_pk):
    """Show somebody's part in a programme, with what they, or staff for them, can change of it."""
    person, programme = person_and_programme(request, slug, person_pk)
    page = PartPage(person, programme, request.user)
    context = {"programme": getattr(request, "programme", None), "of": programme, "person": person, "page": page}
    return render(request, "programmes/taking_part/part.html", context)


@form_page
def break_new(request, slug, person_pk):
    """Take a break from a programme, or note one for somebody."""
    person, programme = person_and_programme(request, slug, person_pk)
    rules.can_take_break(request.user, person, programme).insist(PermissionDenied)
    own = person.user_id == request.user.pk
    form = BreakForm(posted(request), own=own, initial={"starts_on": today()})
    act = partial(actions.take_break, person=person, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The break is noted."))
        return redirect("part", slug, person_pk)
    return _form(
        request,
        slug,
        person,
        form,
        title=_("Take a break") if own else _("Note a break"),
        lead=_("You keep your roles. Until the last day you are left out when people are invited or reminded.")
        if own
        else _("Enter it only when they have told you. They keep their roles, and they are told that you noted it."),
        submit=_("Take a break") if own else _("Note the break"),
    )


@button_page
def break_end(request, slug, person_pk, pause_pk):
    """End a break today, or take back one that has not begun."""
    person, programme = person_and_programme(request, slug, person_pk)
    pause = get_object_or_404(Pause, person=person, programme=programme, pk=pause_pk)
    if attempt_button(request, lambda: actions.end_break(pause=pause, by=request.user)):
        messages.success(request, _("The break is over."))
    return redirect("part", slug, person_pk)


@form_page
def step_back(request, slug, person_pk, term_pk):
    """Give up a seat on a group."""
    person, programme = person_and_programme(request, slug, person_pk)
    terms = Term.objects.filter(person=person, group__programme=programme).select_related("group__programme", "person")
    term = get_object_or_404(terms, pk=term_pk)
    form = LastDayForm(posted(request))
    act = partial(actions.step_back, term=term, by=request.user)
    if attempt(form, lambda: act(last_day=form.cleaned_data["last_day"])):
        messages.success(request, _("It is noted. Colleagues are told."))
        return redirect("part", slug, person_pk)
    return _form(
        request,
        slug,
        person,
        form,
        title=_("Step back from %(group)s") % {"group": term.group},
        lead=_("Everything said and done on this group stays on record. The other roles stay as they are."),
        submit=_("Step back"),
        warning=True,
    )


@form_page
def leave(request, slug, person_pk):
    """End the whole part in a programme."""
    person, programme = person_and_programme(request, slug, person_pk)
    rules.can_leave(request.user, person, programme).insist(PermissionDenied)
    own = person.user_id == request.user.pk
    form = LastDayForm(posted(request))
    act = partial(actions.leave, person=person, programme=programme, by=request.user)
    if attempt(form, lambda: act(last_day=form.cleaned_data["last_day"])):
        messages.success(request, _left(own))
        return redirect("part", slug, person_pk)
    return _form(
        request,
        slug,
        person,
        form,
        title=_("Leave %(programme)s") % {"programme": programme},
        lead=_(
            "Every role and seat ends, and invitations to later events are answered “I cannot come”. Claims can still"
            " be sent, and what is owed is still paid."
        ),
        submit=_("Leave the programme") if own else _("End their part"),
        warning=True,
    )


def _left(own):
    if own:
        return _("It is noted. Colleagues are told. Thank you for all you gave.")
    return _("It is noted. They and your colleagues are told.")


@form_page
def comeback_new(request, slug, person_pk):
    """Ask to come back to a programme one left."""
    person, programme = person_and_programme(request, slug, person_pk)
    rules.can_ask_to_come_back(request.user, person, programme).insist(PermissionDenied)
    form = ComebackForm(posted(request))
    act = partial(actions.ask_to_come_back, person=person, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Thank you. It is on the list of the programme's staff, who will answer you."))
        return redirect("part", slug, person_pk)
    return _form(
        request,
        slug,
        person,
        form,
        title=_("Come back to %(programme)s") % {"programme": programme},
        lead=_("The programme's staff read this and answer you in the way you chose."),
        submit=_("Ask to come back"),
    )


@form_page
def comeback(request, pk):
    """Answer somebody who would like to come back."""
    rows = Comeback.objects.select_related("person__user", "programme")
    found = get_object_or_404(rows.filter(programme__in=Programme.objects.visible_to(request.user)), pk=pk)
    request.programme = found.programme
    rules.can_manage_programme(request.user, found.programme).insist(PermissionDenied)
    form = ComebackAnswerForm(posted(request))
    if attempt(form, lambda: _answer(found, form.cleaned_data, request.user)):
        messages.success(request, _("It is noted, and they are told in the way they chose."))
        return redirect("person", found.person_id)
    return show_form(
        request,
        form,
        title=_("%(name)s would like to come back") % {"name": found.person},
        caption=found.programme.name,
        back_url=reverse("person", args=[found.person_id]),
        submit=_("Save the answer"),
        template="programmes/taking_part/comeback.html",
        comeback=found,
    )


def _answer(found, answer, by):
    if answer["welcome"] == "yes":
        return actions.welcome_back(comeback=found, by=by)
    return actions.decline(comeback=found, answer=answer["answer"], by=by)


def _form(request, slug, person, form, **words):
    back_url = reverse("part", args=[slug, person.pk])
    return show_form(request, form, caption=person.full_name, back_url=back_url, **words)
