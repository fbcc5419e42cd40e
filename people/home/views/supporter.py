"""Say through whom somebody is reached, with their consent: on their behalf, or for oneself."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from people.directory import actions as person_actions
from people.directory import rules as person_rules
from people.directory.forms import SupporterForm
from people.directory.models import Person, Supporter
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


@form_page
@proved_recently
def person_supporter(request, pk):
    """Record through whom a person is reached, who asked for it."""
    return _page(request, _editable(request, pk), own=False)


@form_page
@proved_recently
def your_supporter(request):
    """Say through whom one wants to be reached."""
    return _page(request, request.user.person, own=True)


@button_page
def person_supporter_remove(request, pk):
    """Forget through whom a person is reached."""
    return _remove(request, _editable(request, pk), own=False)


@button_page
def your_supporter_remove(request):
    """Forget through whom one wanted to be reached."""
    return _remove(request, request.user.person, own=True)


def _editable(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not person_rules.can_edit_person(request.user, person):
        raise PermissionDenied
    return person


def _page(request, person, *, own):
    supporter = Supporter.objects.filter(person=person).first()
    form = SupporterForm(posted(request), instance=supporter, own=own)
    act = partial(person_actions.set_supporter, person=person, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=supporter):
        messages.success(request, _("Saved. To use this way, choose “Through a supporter” in the details."))
        return _up(person, own)
    context = {"person": person, "supporter": supporter, "form": form, "own": own}
    return render(request, "people/home/supporter.html", context)


def _remove(request, person, *, own):
    if attempt_button(request, lambda: person_actions.remove_supporter(person=person, by=request.user)):
        messages.success(request, _("Removed."))
    return _up(person, own)


def _up(person, own):
    return redirect("your_details") if own else redirect("person", person.pk)
