"""Offer members with lived experience a talk before or after a meeting, and record who would like it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.meetings import rules, telling
from events.meetings.models import Meeting, Talk, TalkAnswer
from events.meetings.transitions import lock_meeting
from people.models import Person
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def offer(
    *, meeting: Meeting, kind: str, starts_at: dt.datetime, how: str, who: Person, by: User, tell: bool = True
) -> Talk:
    """Offer the members with lived experience a talk of a `kind` of Talk.Kind; each is told. Return the Talk.

    Without `tell` nobody is told now: their invitations to the meeting say it. Offering it again changes when, how or
    with whom: all are told and asked anew. Raises ActionError for a time that has gone or is on the wrong side of the
    meeting, and for somebody who has no part in the programme. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_offer_talk(by, meeting).insist()
    starts_at = starts_at.astimezone(dt.UTC)
    event = meeting.event
    if starts_at <= timezone.now():
        raise ActionError(_("Choose a time to come."), field="day")
    if kind == Talk.Kind.BEFORE and starts_at >= event.starts_at:
        raise ActionError(_("A talk before the meeting starts before it."), field="day")
    if kind == Talk.Kind.AFTER and starts_at < event.ends_at:
        raise ActionError(_("A talk after the meeting starts once it is over."), field="day")
    if not group_queries.people_of(meeting.group, today()).filter(pk=who.pk).exists():
        raise ActionError(_("Choose somebody who is in the programme today."), field="who")
    talk = Talk.objects.filter(meeting=meeting, kind=kind).first() or Talk(meeting=meeting, kind=kind)
    talk.starts_at, talk.how, talk.who = starts_at, how.strip(), who
    talk.offered_by, talk.offered_at = by.person, timezone.now()
    talk.save()
    # They answered another offer.
    talk.answers.all().delete()
    if tell:
        telling.tell_talk(talk)
    return talk


@action
def answer(*, talk: Talk, wants: bool, by: User | None, person: Person | None = None) -> TalkAnswer:
    """Record whether a member would like the talk: `by` themselves, or `person` who told `by`. Return the answer.

    `by` is None where `person` answers on the page of their invitation, without signing in. It can be changed until the
    talk starts. Raises ActionError later, and for somebody it was not offered to. Locks the meeting.
    """
    meeting = lock_meeting(talk.meeting_id)
    if person is None:
        # Somebody says it: the person themselves, who signed in.
        assert by is not None
        person = by.person
    taken_by = by.person if by is not None and by.person.pk != person.pk else None
    if by is not None and taken_by is not None:
        group_rules.can_lead(by, meeting.group).insist()
    if not any(person.pk == member.pk for member in telling.lived_experience_on_the_day(meeting)):
        raise ActionError(_("This talk is offered to members of the group with lived experience."))
    if talk.starts_at <= timezone.now():
        raise ActionError(_("The time of this talk has gone."))
    given, _made = TalkAnswer.objects.update_or_create(
        talk=talk,
        person=person,
        defaults={
            "wants": wants,
            "answered_at": timezone.now(),
            "taken_by": taken_by,
        },
    )
    return given
