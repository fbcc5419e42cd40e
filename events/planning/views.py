"""Pages to change and cancel an event."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events import registry
from events.planning import actions, rules
from events.planning.forms import CancelForm, EventForm
from events.planning.guards import managed_event
from people.messages import queries as message_queries
from people.models import Person
from wellbeing.lib.form_pages import attempt, form_page, is_refused, posted


@form_page
def event_edit(request, pk):
    """Change an event that is still planned."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_edit(request.user, event)):
        return redirect(event)
    form = EventForm(posted(request), programme=event.programme, user=request.user, event=event)
    if done := attempt(form, lambda: actions.edit(event=event, by=request.user, **form.values), edits=event):
        changed = done.result
        moved = changed.sequence != event.sequence and not changed.has_started
        messages.success(
            request,
            _(
                "Saved. We will tell those who know of the event what is new, in the way they chose, unless they said"
                " that they cannot come."
            )
            if moved and changed.invitations.told().exists()
            else _("Saved."),
        )
        return redirect(event)
    invited = event.invitations.told().count()
    context = {"programme": event.programme, "event": event, "form": form, "told": invited}
    return render(request, "events/planning/form.html", context)


@form_page
def event_cancel(request, pk):
    """Call an event off, and tell everyone who was told of it."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_cancel(request.user, event)):
        return redirect(event)
    form = CancelForm(posted(request))
    if done := attempt(form, lambda: actions.cancel(event=event, by=request.user, reason=form.cleaned_data["reason"])):
        job = done.result
        messages.success(
            request,
            _("The event is cancelled. Everyone who was told of it is now being told, each in the way they chose.")
            if job
            else _("The event is cancelled."),
        )
        return redirect(event)
    people = Person.objects.filter(invitations__in=event.invitations.told())
    context = {
        "programme": event.programme,
        "event": event,
        "form": form,
        "told": [] if event.is_over else message_queries.ways_in_words(people),
        "know_first": [sentence for tell in registry.before_cancelling if (sentence := tell(event))],
    }
    return render(request, "events/planning/cancel.html", context)
