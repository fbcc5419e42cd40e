"""Invite those who were chosen in the list of people, or save them as a list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choosing import actions, queries, rules
from events.choosing.forms import EventChoiceForm, SaveListForm
from events.inviting import rules as inviting_rules
from events.planning.models import Event
from programmes import registry
from programmes.directory.views.chosen import chosen_or_back
from programmes.programme.guards import programme_or_404
from wellbeing.lib.form_pages import attempt, form_page, is_sent
from wellbeing.lib.ticks import Ticks

# Of the name of a saved list.
MOST_LETTERS = 100


@form_page
def people_invite(request, slug):
    """Choose the event to which those chosen are invited, and say who cannot be. Nothing is sent from here."""
    programme, chosen = chosen_or_back(request, slug)
    if chosen is None:
        return redirect("programme_people", slug)
    coming = Event.objects.filter(programme=programme, ends_at__gte=timezone.now()).order_by("starts_at", "pk")
    events = [event for event in coming if inviting_rules.can_invite(request.user, event)]
    form = EventChoiceForm(chosen.data_of("event"), events=events)
    context = {"programme": programme, "chosen": chosen, "title": _("Invite them"), "submit": _("Go on")}
    if not is_sent(form):
        return render(request, "events/choosing/directory_event.html", {**context, "form": form, "events": events})
    event = form.chosen
    chosen.reasons = _reasons(event, [person.pk for person in chosen.people])
    if "confirm" in request.POST and chosen.included:
        ticks = Ticks(request, f"invite-{event.pk}")
        ticks.keep(ticks.ids | {person.pk for person in chosen.included})
        chosen.done(chosen.included)
        return redirect(f"{reverse('event_invite', args=[event.pk])}?chosen=yes&wish=any")
    context |= {
        "title": _("Invite to %(event)s") % {"event": event.title},
        "lead": _("Nothing is sent yet. On the next page you see what each of them gets."),
        "fields": [("event", event.pk), ("confirm", "yes")],
    }
    return render(request, "programmes/directory/chosen.html", context)


def _reasons(event, people):
    """Return why each of `people` cannot be invited who cannot."""
    can_be = dict(queries.people_to_choose(event).filter(pk__in=people).values_list("pk", "invited"))
    reasons = {pk: _("has no role in the programme on that day") for pk in people if pk not in can_be}
    if event.organiser_id in reasons:
        reasons[event.organiser_id] = _("organises the event")
    return reasons | {pk: _("is invited already") for pk, invited in can_be.items() if invited}


@form_page
def people_list(request, slug):
    """Save those who were chosen in the list of people, or the filters of the address, as a saved list."""
    filters = request.GET.urlencode()
    if filters:
        programme = programme_or_404(request, slug)
        chosen = None
    else:
        programme, chosen = chosen_or_back(request, slug)
        if chosen is None:
            return redirect("programme_people", slug)
    rules.can_keep_lists(request.user, programme).insist(PermissionDenied)
    people = chosen.people if chosen else []
    form = SaveListForm(
        request.POST if "save" in request.POST else None,
        programme=programme,
        with_people=bool(people),
        initial={"name": _suggested(programme, request.GET)},
    )
    if done := attempt(form, lambda: _save(request.user, programme, form, people, filters)):
        messages.success(request, _("Saved on the list “%(name)s”.") % {"name": done.result.name})
        return redirect(f"{reverse('programme_people', args=[slug])}?list={done.result.pk}&when=ever")
    context = {"programme": programme, "form": form, "people": people, "ids": chosen.ids if chosen else ""}
    return render(request, "events/choosing/directory_save.html", context)


def _suggested(programme, filters):
    """Return what a list of these filters is called, where one of them says so, as far as there is room."""
    for extra in registry.people_filters:
        if extra.called and filters.get(extra.key):
            return extra.called(programme, filters[extra.key])[:MOST_LETTERS]
    return ""


def _save(by, programme, form, people, filters):
    if saved := form.chosen:
        actions.add_to_list(saved_list=saved, people=people, by=by)
        return saved
    name = form.cleaned_data["name"]
    return actions.save_list(programme=programme, name=name, people=people, query=filters, by=by)
