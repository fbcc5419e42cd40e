"""Add people to a programme, give them roles and end them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from people.models import AccessNeed, Person
from programmes.groups.actions import terms
from programmes.members import queries
from programmes.members.actions import memberships
from programmes.members.forms import EndForm, PersonForm, RolesForm, TypedForm
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment
from programmes.programme.models.programmes import Membership, Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import attempt, button_page, form_page, posted


@form_page
@proved_recently
def programme_person_new(request, slug):
    """Add a person.

    Those of this programme who may be this person are offered; people of other programmes are never looked for.
    """
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = PersonForm(posted(request), programme=programme)
    existing = []
    if request.method == "POST" and form.is_valid():
        existing = queries.who_it_may_be(programme, form.cleaned_data)
        them = next((one.person for one in existing if str(one.person.pk) == request.POST.get("use_existing")), None)
        may_add = not existing or them is not None or "somebody_else" in request.POST
        has_address = any(one.has_address for one in existing)
        if may_add and (done := attempt(form, lambda: _welcome(request, programme, form, them, has_address))):
            return _to_person(done.result)
    return render(
        request,
        "programmes/members/person_new.html",
        {
            "programme": programme,
            "form": form,
            "existing": existing,
            "has_address": any(one.has_address for one in existing),
            "kept": _typed(request, form) if existing else [],
            "typed_name": form.cleaned_data.get("full_name", "") if existing else "",
            "back_url": reverse("programme_people", args=[slug]),
        },
    )


@button_page
def programme_person_like(request, slug):
    """Name the people of the programme who may be the one that is being typed in, for the page beside its boxes."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = TypedForm(request.POST)
    typed = form.cleaned_data if form.is_valid() else {}
    existing = queries.who_it_may_be(programme, typed) if typed.get("full_name") else []
    return render(request, "programmes/members/person_like.html", {"existing": existing})


@form_page
@proved_recently
def membership_new(request, slug, person_pk):
    """Give someone we know another role in the programme."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_pk)
    programme_rules.can_give_role(request.user, programme, person).insist(PermissionDenied)
    form = RolesForm(posted(request), programme=programme)
    if attempt(
        form, lambda: memberships.welcome(programme=programme, by=request.user, person=person, **form.cleaned_data)
    ):
        _say_given(request, person, form.cleaned_data)
        return _to_person(person)
    return show_form(
        request,
        form,
        title=_("Give %(name)s a role") % {"name": person},
        caption=programme.name,
        back_url=reverse("person", args=[person.pk]),
        submit=_("Give this role"),
    )


@form_page
def membership_end(request, pk):
    """End a role."""
    membership = get_object_or_404(
        Membership.objects.filter(programme__in=Programme.objects.visible_to(request.user)).select_related(
            "programme", "person"
        ),
        pk=pk,
    )
    request.programme = membership.programme
    return _end(
        request,
        membership,
        partial(memberships.end, membership=membership),
        what=membership.get_role_display(),
    )


@form_page
def term_end(request, pk):
    """End a term of office."""
    term = get_object_or_404(
        Term.objects.filter(group__programme__in=Programme.objects.visible_to(request.user)).select_related(
            "group__programme", "person"
        ),
        pk=pk,
    )
    request.programme = term.group.programme
    return _end(request, term, partial(terms.end, term=term), what=term.group.name)


def _end(request, row, action, *, what):
    """Show the page that ends a Membership or Term (`row`) by `action`; `what` names it."""
    programme = request.programme
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    back_url = reverse("person", args=[row.person_id])
    form = EndForm(posted(request))
    if done := attempt(form, lambda: action(by=request.user, last_day=form.cleaned_data["last_day"])):
        ended = done.result
        messages.success(request, _ended_text(ended, row.person, what))
        # Readers who ended their own last role cannot open their page in the programme any more.
        return redirect(back_url) if row.person_id != request.user.person.pk else redirect("home")
    return show_form(
        request,
        form,
        title=_("End this role: %(what)s") % {"what": what},
        caption=f"{row.person}, {programme}",
        lead=_("What they did in this role stays on record."),
        back_url=back_url,
        submit=_("End this role"),
        warning=True,
    )


def _ended_text(row, person, what):
    if row.ends_on < today():
        return _("%(name)s no longer has this role: %(what)s.") % {"name": person, "what": what}
    return _("%(name)s has this role until %(date)s: %(what)s.") % {
        "name": person,
        "what": what,
        "date": short_date(row.ends_on),
    }


def _welcome(request, programme, form, person, address_known):
    """Bring in `person`, or someone new with the form's details, and report it. Raises ActionError.

    `address_known` says that somebody of the programme has the address of someone new, so that they share it.
    """
    details = dict(form.cleaned_data)
    given = {name: details.pop(name) for name in ("roles", "group", "seat", "starts_on") if name in details}
    if person is not None:
        memberships.welcome(programme=programme, by=request.user, person=person, **given)
        _say_given(request, person, given)
        return person
    needs = _needs(details.pop("access_needs"), details.pop("access_details"))
    person = memberships.welcome(
        programme=programme, by=request.user, needs=needs, somebody_else=address_known, **given, **details
    )
    messages.success(request, _("%(name)s has been added.") % {"name": person})
    _say_proposed(request, person, given)
    return person


def _say_given(request, person, given):
    """Report which roles somebody has now, and which wait to be confirmed."""
    if given.get("group") or set(given.get("roles", ())) - set(Appointment.ROLES):
        messages.success(request, _("%(name)s has the new role.") % {"name": person})
    _say_proposed(request, person, given)


def _say_proposed(request, person, given):
    if set(given.get("roles", ())) & set(Appointment.ROLES):
        messages.info(
            request,
            _("The role of %(name)s as staff or finance is proposed. It counts once somebody else has confirmed it.")
            % {"name": person},
        )


def _needs(kinds, more):
    """Return access needs as (kind, detail).

    A detail that may be about any of several needs becomes a need of its own.
    """
    if len(kinds) == 1:
        return [(kinds[0], more)]
    return [(kind, "") for kind in kinds] + ([(AccessNeed.Kind.OTHER, more)] if more else [])


def _to_person(person):
    return redirect("person", person.pk)


def _typed(request, form):
    """Return the typed values, as (name, value) for hidden fields, so that taking up the offer loses nothing."""
    return [(name, value) for name in form.fields for value in request.POST.getlist(name)]
