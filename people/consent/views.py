"""Pages on which people say what they agree to, and colleagues note it for them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.consent import actions, queries, rules
from people.consent.forms import ConsentForm
from people.consent.models import ConsentWording
from people.directory.models import Person
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def your_consents(request):
    """Say what one agrees to, and take it back."""
    person = request.user.person
    form = _form(request, person, own=True)
    if attempt(form, lambda: actions.answer(person=person, answers=form.answers, by=request.user)):
        messages.success(request, _("Your answers are saved."))
        return redirect("your_consents")
    return _show(request, person, form, own=True)


@form_page
def person_consents(request, pk):
    """Note what somebody agrees to, on their behalf."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    rules.can_take_back(request.user, person).insist(PermissionDenied)
    if rules.is_own(request.user, person):
        return redirect("your_consents")
    form = _form(request, person, own=False)
    if attempt(
        form,
        lambda: actions.answer(person=person, answers=form.answers, by=request.user, how=form.cleaned_data["how"]),
    ):
        messages.success(request, _("The answers of %(name)s are saved.") % {"name": person.full_name})
        return redirect("person_consents", person.pk)
    return _show(request, person, form, own=False)


def _form(request, person, *, own):
    wordings = ConsentWording.objects.in_force_on(today())
    return ConsentForm(posted(request), wordings=wordings, answers=queries.answers_of(person), own=own)


def _show(request, person, form, *, own):
    context = {
        "person": person,
        "form": form,
        "own": own,
        "has_left": not rules.can_answer(request.user, person),
        "earlier": queries.earlier_answers_of(person),
    }
    return render(request, "people/consent/consents.html", context)
