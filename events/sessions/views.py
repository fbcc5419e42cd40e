"""Pages of the sessions of an event: the programme of its days, for staff to change."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from events.planning.guards import managed_event
from events.sessions import actions, queries, rules
from events.sessions.forms import SessionForm
from events.sessions.models import EventSession
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_refused, posted, read_page


@read_page
def event_sessions(request, pk):
    """Show staff what happens when at an event, with a way to change each session."""
    event = managed_event(request, pk)
    context = {
        "event": event,
        "programme": event.programme,
        "days": queries.what_happens_when(event),
        "may_change": bool(rules.can_change_sessions(request.user, event)),
    }
    return render(request, "events/sessions/sessions.html", context)


@form_page
def session_new(request, pk):
    """Add a session to an event. It begins where the last one of the day ends."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_change_sessions(request.user, event)):
        return redirect("event_sessions", pk)
    last = queries.sessions_of(event).last()
    begins = {"day": last.day if last else 1, "starts": last.ends if last else event.days[0].starts}
    form = SessionForm(posted(request), event=event, initial=begins)
    if attempt(form, lambda: actions.add(event=event, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The session is on the programme."))
        return redirect("event_sessions", pk)
    return _show(request, event, form, None)


@form_page
def session_edit(request, pk):
    """Change a session of an event."""
    session = _session(request, pk)
    event = session.event
    if is_refused(request, rules.can_change_sessions(request.user, event)):
        return redirect("event_sessions", event.pk)
    form = SessionForm(posted(request), event=event, session=session)
    act = partial(actions.edit, session=session, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=session):
        messages.success(request, _("Saved."))
        return redirect("event_sessions", event.pk)
    return _show(request, event, form, session)


@button_page
def session_remove(request, pk):
    """Take a session off the programme."""
    session = _session(request, pk)
    if attempt_button(request, lambda: actions.remove(session=session, by=request.user)):
        messages.success(request, _("The session is off the programme."))
    return redirect("event_sessions", session.event_id)


def _session(request, pk):
    """Return a session of an event that the reader may change; 404 for a stranger, 403 without the role."""
    session = get_object_or_404(EventSession.objects.select_related("technique"), pk=pk)
    session.event = managed_event(request, session.event_id)
    return session


def _show(request, event, form, session):
    context = {"event": event, "programme": event.programme, "form": form, "session": session}
    return render(request, "events/sessions/form.html", context)
