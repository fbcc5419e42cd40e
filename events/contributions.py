"""Add events to the apps below: pages, tasks for the worklist, links, and the kinds of long work."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import registry as events_registry
from events.access import contributions as access
from events.access.board import NEEDS_MET
from events.choosing import contributions as choosing
from events.day import contributions as day_contributions
from events.day import queries as day_queries
from events.feedback import contributions as feedback
from events.feedback import reminders as feedback_reminders
from events.feedback.actions.thanking import THANKS
from events.feedback.board import FEEDBACK
from events.inviting import contributions as inviting
from events.inviting import facilitating
from events.inviting import queries as inviting_queries
from events.inviting.models import Invitation
from events.meetings import beside
from events.meetings import contributions as meetings
from events.meetings.board import ATTENDANCE
from events.pages import privacy
from events.pages.records import KEPT_ONCE
from events.papers import contributions as papers
from events.places import contributions as places
from events.planning import actions as planning_actions
from events.planning import queries as planning_queries
from events.planning import rules as planning_rules
from events.planning.models import Event
from events.planning.tabs import QUESTIONS, REPLIES, tab_url
from events.said.contributions import EVENT
from events.sessions import following
from people import registry as people_registry
from people.directory import hooks as directory_hooks
from people.models import Person
from people.registry import Finder, Found, NavigationLink, Panel, Recipients, Task
from programmes import registry as programmes_registry
from programmes.models import Role, message_audience, only_programme, programmes_where
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import day_and_times, long_date, short_date

MAX_ON_HOME = 6
MAX_ON_PERSON = 20


def register():
    """Register them once, when the app is ready."""
    people_registry.home_tasks += [home_tasks, access.home_tasks, meetings.home_tasks, feedback.home_tasks]
    people_registry.home_panels.append(home_panels)
    people_registry.navigation.append(navigation)
    people_registry.person_panels.append(person_panel)
    people_registry.finders.append(EVENTS)
    programmes_registry.programme_texts.append(TEXTS)
    programmes_registry.add_dashboard_part(ATTENDANCE)
    programmes_registry.said_places.append(EVENT)
    programmes_registry.add_dashboard_part(NEEDS_MET)
    inviting.register()
    privacy.register()
    directory_hooks.kept_once += KEPT_ONCE
    _keep_sessions_up()
    _register_wings()
    people_registry.recipients["event"] = invited_to_write_to
    people_registry.add_notice_kinds(access.NEEDS_MET, feedback.KIND, *meetings.KINDS)
    people_registry.job_kinds[THANKS] = feedback.JOB
    programmes_registry.add_dashboard_part(FEEDBACK)
    programmes_registry.add_reminder_subject(feedback_reminders.SUBJECT)
    programmes_registry.group_panels.append(meetings.group_panel)
    events_registry.beside.append(beside.talks_beside)
    events_registry.after_beside.append(beside.answer)
    programmes_registry.programme_panels.append(programme_panel)
    programmes_registry.setup_steps.append(FIRST_EVENT)
    programmes_registry.participation_stages += day_contributions.STAGES


def _register_wings():
    """Register places, choosing and papers; have arrangements follow replies, needs, and events moved or cancelled."""
    # Before access: a reply that becomes a place on the waiting list needs nothing arranged yet.
    places.register()
    choosing.register()
    papers.register()
    events_registry.after_reply.append(access.after_reply)
    events_registry.after_moving.append(access.after_moving)
    events_registry.after_cancelling.append(access.after_cancelling)
    people_registry.needs_changed.append(access.needs_changed)
    people_registry.needs_readers.append(access.who_reads_needs)


def _keep_sessions_up():
    """Have sessions follow their event, those who run them help to run it, and events follow their venue."""
    events_registry.before_saving.append(following.insist_that_sessions_fit)
    events_registry.after_copying += [following.copy_sessions, meetings.after_copying]
    events_registry.after_naming_facilitators.append(facilitating.note_facilitators)
    events_registry.after_venue_changed.append(_follow_venue)


def _follow_venue(venue, by):
    return planning_actions.follow_venue(venue=venue, by=by)


def invited_to_write_to(user, key):
    """Return the people invited to an event, or those with one reply ("12-coming"), for its staff to write to."""
    pk, _dash, reply = key.partition("-")
    event = Event.objects.visible_to(user).filter(pk=pk).first() if pk.isdigit() else None
    if event is None or not planning_rules.can_manage_event(user, event):
        return None
    invited = Invitation.objects.filter(event=event)
    if reply:
        invited = invited.filter(reply="" if reply == "none" else reply)
    return Recipients(
        title=event.title,
        people=Person.objects.filter(invitations__in=invited),
        voice=message_audience(event.programme_id),
        back_url=tab_url(event, REPLIES),
    )


def _with_an_event(programmes):
    return Event.objects.filter(programme__in=programmes)


FIRST_EVENT = programmes_registry.SetupStep(
    title=gettext_lazy("Plan the first event"),
    detail=gettext_lazy("Then choose who to invite."),
    who=gettext_lazy("Staff"),
    order=70,
    done=_with_an_event,
    url=lambda programme: reverse("event_new", args=[programme.slug]),
    may=planning_rules.can_plan_events,
)


def home_tasks(user):
    """List invitations to reply to; for staff, days without attendance, open questions and messages that failed."""
    return [*_replies_wanted(user), *_for_staff(user)]


def home_panels(user):
    """Show the events that are coming up for this person."""
    coming = list(inviting_queries.coming_up_for(user.person, timezone.now())[:MAX_ON_HOME])
    return [Panel("events/pages/panels/coming_up.html", {"invitations": coming}, order=20)] if coming else []


def navigation(user, programme):
    """Return the header's links: the programme's events for readers of that list, "Your events" for people invited."""
    links = []
    programme = programme or only_programme(user)
    if programme is not None and planning_rules.can_see_events_of(user, programme):
        url = reverse("events", args=[programme.slug])
        parts = ("/events/", "/invitations/", "/sessions/", "/venues/", reverse("venues", args=[programme.slug]))
        links.append(NavigationLink(_("Events"), url, order=30, sections=parts))
    if programmes_where(user, Role.LIVED_EXPERIENCE, Role.STEERING):
        links.append(NavigationLink(_("Your events"), reverse("my_events"), order=12))
    return links


def person_panel(user, person):
    """Show staff what `person` was invited to in their programmes, their replies and whether they came."""
    invitations = day_queries.my_invitations(person)
    if not user.is_administrator:
        staff_of = programmes_where(user, Role.STAFF)
        if not staff_of:
            return None
        invitations = invitations.filter(event__programme__in=staff_of)
    rows = [
        {
            "cells": [
                {"text": invitation.event.title, "url": invitation.event.get_absolute_url()},
                {"text": day_and_times(invitation.event.starts_at, invitation.event.ends_at)},
                {"text": invitation.get_reply_display() if invitation.reply else _("No reply")},
                {"text": "" if not invitation.recorded else _("Came") if invitation.came else _("Did not come")},
            ]
        }
        for invitation in invitations[:MAX_ON_PERSON]
    ]
    columns = [{"label": label} for label in (_("Event"), _("When"), _("Reply"), _("Came"))]
    context = {"rows": rows, "columns": columns, "caption": _("Events")}
    return Panel("events/pages/panels/person_events.html", context, order=40)


def programme_panel(user, programme):
    """Show a programme's next events to readers of its list of events."""
    if not planning_rules.can_see_events_of(user, programme):
        return None
    context = {
        "programme": programme,
        "events": list(inviting_queries.next_events(programme, timezone.now())),
        "can_manage": can_manage_programme(user, programme),
    }
    return Panel("events/pages/panels/programme_events.html", context, order=20)


def _replies_wanted(user):

    today = timezone.localdate()
    return [
        Task(
            title=_("Tell us if you can come to %(event)s") % {"event": invitation.event},
            url=reverse("reply", args=[invitation.link_key]),
            detail=day_and_times(invitation.event.starts_at, invitation.event.ends_at),
            due=invitation.event.reply_by,
            urgent=planning_queries.soon(invitation.event.reply_by, today),
        )
        for invitation in inviting_queries.invitations_to_reply_to(user.person, timezone.now())
    ]


def _for_staff(user):

    now = timezone.now()
    tasks = [
        Task(
            title=_("Record who came to %(event)s") % {"event": event},
            url=reverse("event_attendance", args=[event.pk]),
            detail=_("It was on %(day)s. People cannot claim before you do.") % {"day": long_date(event.starts_at)},
            due=event.day,
        )
        for event in day_queries.events_without_attendance(user, now)
    ]
    tasks += [
        Task(
            title=ngettext(
                "Answer %(number)s question about %(event)s",
                "Answer %(number)s questions about %(event)s",
                event.questions,
            )
            % {"number": event.questions, "event": event},
            url=tab_url(event, QUESTIONS),
        )
        for event in inviting_queries.events_with_questions(user)
    ]
    return tasks + [
        Task(
            title=ngettext(
                "%(number)s invitation to %(event)s could not be delivered",
                "%(number)s invitations to %(event)s could not be delivered",
                event.failed,
            )
            % {"number": event.failed, "event": event},
            url=tab_url(event, REPLIES, message="failed"),
            urgent=True,
        )
        for event in inviting_queries.events_with_failed_messages(user, now)
    ]


def _found_events(events):
    return [
        Found(
            label=event.title,
            url=event.get_absolute_url(),
            detail=f"{short_date(event.starts_at)}, {event.programme}, {event.get_status_display()}",
        )
        for event in events
    ]


EVENTS = Finder(
    title=gettext_lazy("Events"),
    rows=lambda user: Event.objects.visible_to(user).select_related("programme").order_by("-starts_at", "-pk"),
    fields=("title", "venue_name"),
    show=_found_events,
    order=20,
)


TEXTS = programmes_registry.ProgrammeText(
    title=gettext_lazy("Events to come"),
    rows=lambda programme: Event.objects.filter(programme=programme, ends_at__gte=timezone.now()),
    words=lambda event: [event.title, event.purpose],
    url=lambda event: event.get_absolute_url(),
)
