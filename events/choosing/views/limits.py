"""Say how often one wishes to be invited; staff say it for somebody."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choosing import actions, queries, rules
from events.choosing.forms import LimitForm
from people.models import Person
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def your_invitation_limit(request):
    """Say how often one wishes to be invited oneself."""
    person = request.user.person
    if done := _set(request, person):
        messages.success(request, _("Saved. Thank you for telling us."))
        return redirect("your_details")
    return show_form(
        request,
        done.form,
        title=_("How often would you like to be invited?"),
        lead=_(
            "Once you were asked so often, you are left out when people are chosen to be invited. Staff can still ask"
            " you, and see then that you wish not to be asked more often. It counts for every programme."
        ),
        back_url=reverse("your_details"),
        submit=_("Save"),
    )


@form_page
def person_invitation_limit(request, pk):
    """Say for somebody how often they wish to be invited; they are told."""
    person = Person.objects.visible_to(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    if person.user_id == request.user.pk:
        return redirect("your_invitation_limit")
    rules.can_set_limit(request.user, person).insist(PermissionDenied)
    if done := _set(request, person):
        messages.success(request, _("Saved. We tell %(name)s in the way they chose.") % {"name": person})
        return redirect("person", pk)
    return show_form(
        request,
        done.form,
        title=_("How often would they like to be invited?"),
        caption=person.full_name,
        lead=_("Enter it only when they have told you. It counts for every programme."),
        back_url=reverse("person", args=[pk]),
        submit=_("Save"),
    )


class _Tried:
    """A form that was tried: true where it was saved."""

    def __init__(self, form, saved):
        self.form, self.saved = form, saved

    def __bool__(self):
        return self.saved


def _set(request, person):
    limit = queries.limit_of(person)
    form = LimitForm(posted(request), limit=limit)
    act = partial(actions.set_limit, person=person, by=request.user)
    return _Tried(form, bool(attempt(form, lambda: act(**form.cleaned_data), edits=limit)))
