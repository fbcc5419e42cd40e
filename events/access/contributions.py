"""Add access to the home page, to what the product says to people, and to the life of invitations and events."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.access import emails, queries, wordings
from events.access.actions import gathering
from events.access.forms import CHANGED, NOBODY
from events.access.models import NeedsTold
from events.planning import queries as planning_queries
from events.planning import rules as planning_rules
from events.planning.models import Event
from people.consent.models import Purpose
from people.consent.queries import have_agreed
from people.registry import NoticeKind, Panel, Task
from wellbeing.lib.dates import day_and_times, today

MAX_TASKS = 20


def home_tasks(user):
    """List what the reader arranges, what is missing for events they answer for, and what they are asked about."""
    now = timezone.now()
    return [*_to_arrange(user, now), *_not_ready(user, now), *_afterwards(user), *_to_answer(user)]


def _to_arrange(user, now):
    return [
        Task(
            title=_("Arrange for %(event)s: %(what)s") % {"event": row.event, "what": row.title},
            url=row.get_absolute_url(),
            detail=day_and_times(row.event.starts_at, row.event.ends_at),
            due=row.due_on,
            urgent=planning_queries.soon(row.due_on, today()),
        )
        for row in queries.arrangements_to_do(user, now)[:MAX_TASKS]
    ]


def _mine(user, events):
    """Return those of `events` for which the reader answers."""
    events = list(events)
    responsible = queries.responsible_for(events, today()) if events else {}
    return [event for event in events if user.person.pk in responsible[event.pk]]


def _not_ready(user, now):
    tasks = []
    for event in _mine(user, queries.not_ready(user, now)):
        url = reverse("event_access", args=[event.pk])
        planned = event.status == Event.Status.PLANNED
        if event.without_owner and planned:
            words = ngettext(
                "Say who sees to %(n)s arrangement for %(event)s",
                "Say who sees to %(n)s arrangements for %(event)s",
                event.without_owner,
            )
            tasks.append(
                Task(
                    title=words % {"n": event.without_owner, "event": event},
                    url=f"{url}?todo={NOBODY}",
                    detail=_("The event is not ready before."),
                    due=event.first_due,
                    urgent=planning_queries.soon(event.first_due, today()),
                )
            )
        if event.changed:
            title = _("Look at what changed in the access needs of %(event)s")
            if not planned:
                title = _("Cancel what is booked for access at %(event)s")
            tasks.append(
                Task(title=title % {"event": event}, url=f"{url}?todo={CHANGED}", due=event.day, urgent=not planned)
            )
    return tasks


def _afterwards(user):
    tasks = [
        Task(
            title=_("Record how far access needs were met at %(event)s") % {"event": event},
            url=reverse("access_record", args=[event.pk]),
            detail=ngettext("%(n)s need", "%(n)s needs", event.unrecorded) % {"n": event.unrecorded},
        )
        for event in _mine(user, queries.events_to_record(user))[:MAX_TASKS]
    ]
    return tasks + [
        Task(
            title=ngettext(
                "Answer %(n)s person’s “that is not so” about access at %(event)s",
                "Answer %(n)s times “that is not so” about access at %(event)s",
                event.disputed,
            )
            % {"n": event.disputed, "event": event},
            url=reverse("access_record", args=[event.pk]),
            urgent=True,
        )
        for event in _mine(user, queries.disputed_for(user))[:MAX_TASKS]
    ]


def _to_answer(user):
    return [
        Task(
            title=_("Were your needs met at %(event)s? Tell us whether what we recorded is so") % {"event": row.event},
            url=reverse("your_needs", args=[row.event_id]),
        )
        for row in queries.to_answer(user.person)[:MAX_TASKS]
    ]


def reply_on_the_phone(user, notice):
    """Link a colleague who is on the phone to where they write down what the person says to what was recorded."""
    key = notice.link.rstrip("/").rpartition("/")[2]
    told = NeedsTold.objects.select_related("event__programme").filter(link_key=key, person=notice.person_id).first()
    if told is None or not planning_rules.can_manage_event(user, told.event):
        return None
    url = reverse("needs_reply_for", args=[told.event_id, told.person_id])
    return Panel("people/messages/answer.html", {"url": url, "label": _("Write down whether that is so")})


def after_reply(invitation, by):
    """Keep the arrangements of an event up with a reply."""
    gathering.gather(event=invitation.event, by=by, people=[invitation.person_id])


def after_moving(event, before, by):
    """Look again at what is arranged when an event is moved."""
    gathering.event_moved(event=event, day_before=timezone.localdate(before["starts_at"]), by=by)


def after_cancelling(event, by):
    """Let everything fall away that was arranged for an event that is cancelled."""
    gathering.gather(event=event, by=by)


def who_reads_needs(person):
    """Say who else reads what `person` needs at an event they come to, and whether with their name."""
    if have_agreed([person.pk], Purpose.SHARING):
        runs_it = _("Those who help to run an event you come to: what you need there, with your name, as you agreed.")
    else:
        runs_it = _(
            "Those who help to run an event you come to: what is needed there, without your name, as you have not"
            " agreed that they read it."
        )
    return [
        runs_it,
        _("One of them, if they are asked to arrange something for you: what that is, and your name."),
        _("The caterer and the venue of an event you come to: what they have to provide, without names."),
    ]


def needs_changed(person, by):
    """Keep the arrangements of events to come up with what is recorded of a person."""
    gathering.gather_for(person=person, by=by)


NEEDS_MET = NoticeKind(
    emails.KIND,
    gettext_lazy("How access needs were met"),
    personal_link=True,
    answer=reply_on_the_phone,
    slip=wordings.IS_IT_SO,
    wording=wordings.NEEDS_MET,
)
