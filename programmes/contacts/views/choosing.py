"""Choose the contact of one person, of many at once, and whom a programme usually names."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.contacts import actions, queries, rules
from programmes.contacts.forms import ContactForm, UsualContactForm
from programmes.directory.guards import person_of_programme
from programmes.directory.views.chosen import chosen_or_back
from programmes.programme.contacts import usual_contact, without_contact
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def contacts(request, slug):
    """Show whom a programme names as contacts and who has none; choose whom it usually names."""
    programme = programme_or_404(request, slug)
    rules.can_choose_contacts(request.user, programme).insist(PermissionDenied)
    usual = usual_contact(programme)
    initial = {"starts_on": today(), "contact": usual}
    form = UsualContactForm(posted(request), programme=programme, initial=initial)
    act = partial(actions.choose_usual, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The usual contact is saved. Nobody was written to."))
        return redirect("contacts", slug)
    context = {
        "programme": programme,
        "form": form,
        "usual": usual,
        "days": queries.usual_contacts(programme),
        "colleagues": queries.colleagues_and_numbers(programme, today()),
        "without": without_contact(programme, today()).count(),
    }
    return render(request, "programmes/contacts/contacts.html", context)


@form_page
def person_contact(request, slug, person_pk):
    """Choose the contact of one person in a programme."""
    programme, person = person_of_programme(request, slug, person_pk)
    now = queries.named_now(person, programme)
    form = ContactForm(
        posted(request),
        programme=programme,
        usual=usual_contact(programme),
        but=[person.pk],
        initial={"contact": now.role.person_id if now else None},
    )
    act = partial(actions.choose, programme=programme, people=[person], by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The contact of %(name)s is saved.") % {"name": person.full_name})
        return redirect("person", person.pk)
    return show_form(
        request,
        form,
        title=_("Contact of %(name)s") % {"name": person.full_name},
        caption=programme.name,
        lead=_("They see who it is on their home page and on the page of the programme."),
        back_url=reverse("person", args=[person.pk]),
        submit=_("Save"),
    )


@form_page
def people_contact(request, slug):
    """Choose the contact of those who were ticked in the list of people."""
    programme, chosen = chosen_or_back(request, slug)
    if chosen is None:
        return redirect("programme_people", slug)
    form = ContactForm(chosen.data_of("contact"), programme=programme, usual=usual_contact(programme))
    if done := attempt(form, lambda: _choose(form.cleaned_data, chosen, request.user)):
        messages.success(request, done.result)
        return redirect("programme_people", slug)
    context = {
        "programme": programme,
        "chosen": chosen,
        "title": _("Choose their contact"),
        "lead": _("They see who it is on their home page and on the page of the programme."),
        "form": form,
        "submit": _("Save"),
        "more": (reverse("contacts", args=[slug]), _("See who is usually the contact")),
    }
    return render(request, "programmes/directory/chosen.html", context)


def _choose(answers, chosen, by):
    """Do what the form says. Return in words what happened."""
    people = chosen.included
    done = actions.choose(programme=chosen.programme, people=people, by=by, **answers)
    number = len(done)
    contact = answers["contact"]
    if contact is None:
        text = ngettext("%(n)s person now has the usual contact.", "%(n)s people now have the usual contact.", number)
        return text % {"n": number}
    text = ngettext(
        "%(name)s is now the contact of %(n)s more person.", "%(name)s is now the contact of %(n)s more people.", number
    )
    return text % {"n": number, "name": contact.full_name}
