"""Saved lists of people to invite again, shared by the staff of a programme."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choosing import actions, queries, rules
from events.choosing.forms import AddPersonForm, ListNameForm, SaveListForm
from events.choosing.listing import chosen_people
from events.choosing.models import SavedList
from events.planning.guards import managed_event, programme_of_events
from events.planning.queries import people_of_programme
from people.directory.queries import tell_apart
from people.models import Person
from programmes.models import Programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing
from wellbeing.lib.ticks import whole_numbers


@read_page
def saved_lists(request, slug):
    """List the saved lists of a programme."""
    programme = programme_of_events(request, slug)
    rules.can_keep_lists(request.user, programme).insist(PermissionDenied)
    listing = Listing(
        request,
        queries.lists_of(programme),
        columns=[
            Column("name", _("List"), sort="name", link=lambda row: reverse("saved_list", args=[row.pk])),
            Column("kind", _("What it holds"), value=_holds),
            Column("made_by", _("Saved by"), sort="made_by__sort_key"),
            Column("made_at", _("Saved"), kind=DATE, value=lambda row: row.made_at.date(), sort="made_at"),
        ],
        search=["name"],
        search_label=_("Search lists"),
        default_sort="name",
        name="saved-lists",
        caption=_("Saved lists"),
        empty_title=_("No list is saved yet"),
        empty_text=_("Choose people to invite to an event, or set filters there. Then save them as a list."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "events/choosing/lists.html", {"programme": programme, "listing": listing})


def _holds(row):
    if row.query:
        return _("Filters: found anew each time")
    return ngettext("%(n)s person", "%(n)s people", row.number) % {"n": row.number}


@form_page
def saved_list(request, pk):
    """Show who is on a saved list; add somebody, or give it another name."""
    row = _list_or_404(request, pk)
    people = people_of_programme(row.programme_id, today())
    entries = row.entries.select_related("person", "added_by")
    adding = AddPersonForm(
        posted(request) if "add" in request.POST else None,
        people=people.exclude(pk__in=entries.values("person")),
    )
    add = partial(actions.add_to_list, saved_list=row, by=request.user)
    if attempt(adding, lambda: add(people=[adding.cleaned_data["person"]])):
        messages.success(request, _("%(name)s is on the list.") % {"name": adding.cleaned_data["person"]})
        return redirect("saved_list", pk)
    entries = list(entries)
    still = set(people.filter(pk__in=[entry.person_id for entry in entries]).values_list("pk", flat=True))
    tell_apart([entry.person for entry in entries])
    context = {
        "programme": row.programme,
        "saved_list": row,
        "entries": [(entry, entry.person_id in still) for entry in entries],
        "form": adding,
        "filters": [f"{name}: {value}" for name, value in row.filters.items()],
    }
    return render(request, "events/choosing/list.html", context)


@form_page
def saved_list_rename(request, pk):
    """Give a saved list another name."""
    row = _list_or_404(request, pk)
    form = ListNameForm(posted(request), initial={"name": row.name})
    act = partial(actions.rename_list, saved_list=row, by=request.user)
    if attempt(form, lambda: act(name=form.cleaned_data["name"]), edits=row):
        messages.success(request, _("The name is saved."))
        return redirect("saved_list", pk)
    return show_form(
        request,
        form,
        title=_("Change the name of this list"),
        caption=row.name,
        back_url=reverse("saved_list", args=[pk]),
        submit=_("Save the name"),
    )


@button_page
def saved_list_remove(request, pk, person_pk):
    """Take somebody off a saved list."""
    row = _list_or_404(request, pk)
    person = get_object_or_404(Person, saved_list_entries__saved_list=row, pk=person_pk)
    if attempt_button(request, lambda: actions.take_off_list(saved_list=row, people=[person], by=request.user)):
        messages.success(request, _("%(name)s is no longer on the list.") % {"name": person})
    return redirect("saved_list", pk)


@button_page
def saved_list_delete(request, pk):
    """Delete a saved list."""
    row = _list_or_404(request, pk)
    if attempt_button(request, lambda: actions.delete_list(saved_list=row, by=request.user)):
        messages.success(request, _("The list “%(name)s” is deleted.") % {"name": row.name})
    return redirect("saved_lists", row.programme.slug)


@form_page
def event_invite_save(request, pk):
    """Save those who were chosen for an event as a list, or the filters of the address.

    The page to check sends who was chosen; this form sends them on.
    """
    event = managed_event(request, pk)
    ids = whole_numbers(request.POST.get("elsewhere", "").split())
    query = QueryDict(request.GET.urlencode(), mutable=True)
    people = chosen_people(event, ids)
    filters = "" if people else query.urlencode()
    if not people and not filters:
        messages.error(request, _("Choose people or filters first. Then save them as a list."))
        return redirect("event_invite", pk)
    saving = request.POST if "save" in request.POST else None
    form = SaveListForm(
        saving if saving is not None or not people else None, programme=event.programme, with_people=bool(people)
    )
    if done := attempt(form, lambda: _save(request.user, event.programme, form, people, filters)):
        messages.success(request, _("Saved on the list “%(name)s”.") % {"name": done.result.name})
        return redirect(f"{reverse('event_invite', args=[pk])}?list={done.result.pk}")
    context = {
        "programme": event.programme,
        "event": event,
        "form": form,
        "people": people,
        "ids": " ".join(str(person.pk) for person in people),
    }
    return render(request, "events/choosing/save.html", context)


def _save(by, programme, form, people, filters):
    if chosen := form.chosen:
        actions.add_to_list(saved_list=chosen, people=people, by=by)
        return chosen
    name = form.cleaned_data["name"]
    return actions.save_list(programme=programme, name=name, people=people, query=filters, by=by)


def _list_or_404(request, pk):
    """Return a saved list of a programme whose people `request.user` may choose. 403 for others of the programme."""
    row = SavedList.objects.select_related("programme").filter(pk=pk).first()
    if row is None or not Programme.objects.visible_to(request.user).filter(pk=row.programme_id).exists():
        raise Http404
    request.programme = row.programme
    rules.can_keep_lists(request.user, row.programme).insist(PermissionDenied)
    return row
