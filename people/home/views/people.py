"""A person's page, and the pages where details are changed, by them or on their behalf."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts import rules as account_rules
from people.accounts.reauthentication import proved_recently
from people.directory import actions as person_actions
from people.directory import rules as person_rules
from people.directory.forms import PersonForm, YourDetailsForm
from people.directory.models import Organisation, Person, Supporter
from people.home import history, queries
from people.home.panels import rendered
from people.needs.page import review_of
from people.privacy.looking import note_look, shows
from people.privacy.models import Look
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


@read_page
@shows(Look.Kind.NEEDS, Look.Kind.NOTES)
def person(request, pk):
    """Show who a person is, how to reach them, what they need, and the panels of each app."""
    person = visible_person(request, pk)
    can_edit = person_rules.can_edit_person(request.user, person)
    if can_edit and (person.access_needs.all() or person.about):
        note_look(request.user, person, Look.Kind.NEEDS)
    edit_url = reverse("person_edit", args=[person.pk]) if can_edit else ""
    return render(
        request,
        "people/home/person.html",
        {
            "person": person,
            "rows": _contact_rows(person, with_about=can_edit),
            # Access needs may say something about health: they are for people who plan days with this person.
            "needs": [str(need) for need in person.access_needs.all()] if can_edit else [],
            "needs_url": reverse("person_access_needs", args=[person.pk]) if can_edit else "",
            "review": review_of(person) if can_edit else None,
            "own": person.user_id == request.user.pk,
            "edit_url": edit_url,
            "address_url": reverse("address_ask", args=[person.pk])
            if account_rules.can_ask_for_address(request.user, person)
            else "",
            "open_change": person.address_changes.open().first() if can_edit else None,
            "panels": rendered(request, queries.person_panels(request.user, person)),
        },
    )


@read_page
@shows(Look.Kind.NEEDS)
def person_history(request, pk):
    """Show what changed of a person's record, when and by whom, as far as the reader may know."""
    person = editable_person(request, pk)
    if history.tells_needs(person):
        note_look(request.user, person, Look.Kind.NEEDS)
    rows = [
        {
            "cells": [
                {"text": line.words},
                {"text": line.who},
                {"text": f"{short_date(line.at)}, {time_of_day(line.at)}"},
            ]
        }
        for line in history.lines_of(request.user, person)
    ]
    columns = [{"label": label} for label in (_("What"), _("By"), _("When"))]
    context = {"person": person, "rows": rows, "columns": columns, "caption": _("History of the record")}
    return render(request, "people/home/person_history.html", context)


@form_page
@proved_recently
def person_edit(request, pk):
    """Change a person's details on their behalf; the page says so, and they are told."""
    person = editable_person(request, pk)
    if person.user_id == request.user.pk:
        return redirect("your_details_edit")
    form = PersonForm(posted(request), instance=person, organisations=Organisation.objects.visible_to(request.user))
    if _edit(request, person, form):
        messages.success(request, _("The details of %s are changed.") % person.full_name)
        return redirect("person", person.pk)
    return render(request, "people/home/person_edit.html", {"person": person, "form": form})


@read_page
def your_details(request):
    """Show the reader what we hold about them, and the way to change each part of it."""
    person = request.user.person
    return render(
        request,
        "people/home/your_details.html",
        {
            "person": person,
            "rows": _your_rows(person),
            "needs": [str(need) for need in person.access_needs.all()],
            "review": review_of(person),
            "panels": rendered(request, queries.own_details_panels(request.user)),
        },
    )


@form_page
def your_details_edit(request):
    """Change one's own name and contact details."""
    person = request.user.person
    form = YourDetailsForm(posted(request), instance=person)
    if _edit(request, person, form):
        messages.success(request, _("Your details are saved."))
        return redirect("your_details")
    return render(request, "people/home/your_details_edit.html", {"form": form})


def visible_person(request, pk):
    """Return the person with the key `pk`, or answer 404 where the reader may not know of them."""
    seen = Person.objects.visible_to(request.user).select_related("organisation", "user")
    return get_object_or_404(seen.prefetch_related("access_needs"), pk=pk)


def editable_person(request, pk):
    """Return the same for a reader who may change their details; 403 for others."""
    person = visible_person(request, pk)
    if not person_rules.can_edit_person(request.user, person):
        raise PermissionDenied
    return person


def _edit(request, person, form):
    act = partial(person_actions.edit, person=person, by=request.user)
    return attempt(form, lambda: act(**form.cleaned_data), edits=person)


def _contact_rows(person, *, with_about):
    """Return label and value of each detail for a colleague, as components/summary_list.html wants them.

    What people say about themselves (`with_about`) is for staff, and not for others who may open the page.
    """
    rows = [
        {"label": _("Full name"), "value": person.full_name},
        {"label": _("Likes to be called"), "value": person.known_as},
        {"label": _("Organisation"), "value": str(person.organisation or "")},
        *([{"label": _("Job title"), "value": person.job_title}] if person.job_title else []),
        {"label": _("Email address"), "value": person.email},
        {"label": _("Phone number"), "value": phones.shown(person.phone), "link": phones.link(person.phone)},
        {"label": _("Postal address"), "value": person.postal_address},
        {"label": _("Best way to reach them"), "value": person.get_channel_display()},
        {"label": _("If that does not work"), "value": person.get_second_channel_display()},
        {"label": _("When to ring"), "value": person.get_call_time_display() if person.phone else ""},
        {"label": _("Letters and documents"), "value": person.get_letter_size_display()},
        {"label": _("Language they read"), "value": person.get_language_display()},
        {"label": _("Supporter"), "value": _supporter_words(person)},
    ]
    return rows + ([{"label": _("In their own words"), "value": person.about}] if with_about else [])


def _supporter_words(person):
    supporter = Supporter.objects.filter(person=person).first()
    return ", ".join(filter(None, [supporter.name, supporter.relationship])) if supporter else ""


def _own_words(channel):
    """Return a channel as one says it of oneself; "" for none."""
    if channel == Person.Channel.SUPPORTER:
        return _("Through somebody who supports me")
    return Person.Channel(channel).label if channel else ""


def _your_rows(person):
    """Return the same for the person themselves, each with the way to change it."""
    edit = reverse("your_details_edit")
    return [
        {"label": _("Full name"), "value": person.full_name, "url": f"{edit}#id_full_name"},
        {"label": _("What you like to be called"), "value": person.known_as, "url": f"{edit}#id_known_as"},
        {"label": _("Email address"), "value": person.email, "url": reverse("account_email")},
        {"label": _("Phone number"), "value": phones.shown(person.phone), "url": f"{edit}#id_phone"},
        {"label": _("Postal address"), "value": person.postal_address, "url": f"{edit}#id_postal_address"},
        {"label": _("Organisation"), "value": str(person.organisation or "")},
        *(
            [{"label": _("Job title"), "value": person.job_title, "url": f"{edit}#id_job_title"}]
            if person.job_title or person.organisation_id
            else []
        ),
        {"label": _("How we reach you"), "value": _own_words(person.channel), "url": f"{edit}#id_channel_0"},
        {
            "label": _("If that does not work"),
            "value": _own_words(person.second_channel) or _("There is no other way"),
            "url": f"{edit}#id_second_channel_0",
        },
        *(
            [{"label": _("When we may ring"), "value": person.get_call_time_display(), "url": f"{edit}#id_call_time_0"}]
            if person.phone
            else []
        ),
        {
            "label": _("Letters and documents"),
            "value": person.get_letter_size_display(),
            "url": f"{edit}#id_letter_size_0",
        },
        {"label": _("Language you read"), "value": person.get_language_display(), "url": f"{edit}#id_language"},
        {
            "label": _("Your supporter"),
            "value": _supporter_words(person) or _("Nobody"),
            "url": reverse("your_supporter"),
        },
        {"label": _("In your own words"), "value": person.about, "url": f"{edit}#id_about"},
    ]
