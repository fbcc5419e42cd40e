"""The pages on which access needs are changed and reviewed, by their person or on their behalf."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people import registry
from people.home.views.people import editable_person
from people.needs import actions, rules
from people.needs.forms import AccessNeedsForm, StillRightForm
from people.needs.page import review_of
from people.privacy.looking import note_look, shows
from people.privacy.models import Look
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


@form_page
@shows(Look.Kind.NEEDS)
def person_access_needs(request, pk):
    """Change a person's access needs on their behalf."""
    person = editable_person(request, pk)
    own = rules.is_own(request.user, person)
    if person.access_needs.all():
        note_look(request.user, person, Look.Kind.NEEDS)
    form = AccessNeedsForm(posted(request), person=person, own=own)
    if _set_needs(request, person, form):
        messages.success(request, _("The access needs of %s are saved.") % person.full_name)
        return redirect("person", person.pk)
    return _show(request, person, form, own=own, up_url=reverse("person", args=[person.pk]))


@form_page
def your_access_needs(request):
    """Say what one needs to take part."""
    person = request.user.person
    form = AccessNeedsForm(posted(request), person=person, own=True)
    if _set_needs(request, person, form):
        messages.success(request, _("Your access needs are saved."))
        return redirect("your_details")
    return _show(request, person, form, own=True, up_url=reverse("your_details"))


@button_page
def your_needs_review(request):
    """Say with one tap that what is recorded of one's needs is still right, or that one has none."""
    act = partial(actions.still_right, person=request.user.person, by=request.user, seen=request.POST.get("seen", ""))
    if attempt_button(request, act):
        messages.success(request, _("Thank you. We have noted what you said."))
        return redirect("home")
    return redirect("your_access_needs")


@form_page
@shows(Look.Kind.NEEDS)
def person_needs_review(request, pk):
    """Note for somebody that what is recorded of their needs is still right."""
    person = editable_person(request, pk)
    if rules.is_own(request.user, person):
        return redirect("your_access_needs")
    needs = [str(need) for need in person.access_needs.all()]
    if needs:
        note_look(request.user, person, Look.Kind.NEEDS)
    form = StillRightForm(posted(request))
    act = partial(actions.still_right, person=person, by=request.user, seen=request.POST.get("seen", ""))
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("You have noted that the access needs of %s are still right.") % person.full_name)
        return redirect("person", person.pk)
    context = {
        "person": person,
        "form": form,
        "needs": needs,
        "review": review_of(person),
    }
    return render(request, "people/home/needs_review.html", context)


def _set_needs(request, person, form):
    act = partial(actions.set, person=person, by=request.user)
    return attempt(form, lambda: act(needs=form.needs(), how=form.cleaned_data.get("how", "")), edits=person)


def _show(request, person, form, *, own, up_url):
    context = {
        "person": person,
        "form": form,
        "own": own,
        "up_url": up_url,
        "review": review_of(person),
        "readers": [sentence for say in registry.needs_readers for sentence in say(person)] if own else [],
    }
    return render(request, "people/home/access_needs.html", context)
