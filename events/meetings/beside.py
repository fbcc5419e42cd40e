"""Offer talks around a meeting with the invitation to it, to those they are for, and take their answers there."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from events.inviting.models import Invitation
from events.meetings import telling
from events.meetings.actions import talks
from events.meetings.models import Meeting, Talk, TalkAnswer
from events.planning.models import Event
from events.registry import Beside
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.types import PersonId, User


def talks_beside(event: Event, people: Iterable[PersonId]) -> dict[PersonId, list[Beside]]:
    """Return the talks to come around the meeting that `event` is, for those of `people` they are offered to."""
    wanted = set(people)
    meeting = Meeting.objects.filter(event=event.pk).select_related("event").first()
    if meeting is None or not wanted:
        return {}
    rows = meeting.talks.filter(starts_at__gt=timezone.now()).select_related("who").prefetch_related("answers")
    offered = list(rows)
    members = telling.lived_experience_on_the_day(meeting) if offered else []
    return {
        member.pk: [_shown(talk, member.pk) for talk in offered if talk.who_id != member.pk]
        for member in members
        if member.pk in wanted
    }


def answer(invitation: Invitation, answers: Mapping[str, bool], taken_by: User | None) -> None:
    """Record what an invited member said of the talks they are offered, when they replied; or told `taken_by`."""
    said = dict(TalkAnswer.objects.filter(person=invitation.person_id).values_list("talk", "wants"))
    for talk in Talk.objects.filter(meeting__event=invitation.event_id).order_by("pk"):
        wants = answers.get(_key(talk))
        # A colleague who saves what somebody said themselves takes nothing down.
        if wants is not None and wants != said.get(talk.pk):
            talks.answer(talk=talk, wants=wants, by=taken_by, person=invitation.person)


def _key(talk: Talk) -> str:
    return f"talk-{talk.pk}"


def _shown(talk: Talk, person: PersonId) -> Beside:
    params = {
        "when": f"{long_date(talk.starts_at)}, {time_of_day(talk.starts_at)}",
        "how": talk.how,
        "name": talk.who.full_name,
    }
    if talk.kind == Talk.Kind.BEFORE:
        text = _("You can go through the papers with %(name)s: %(when)s, %(how)s.")
    else:
        text = _("You can talk about how it went with %(name)s: %(when)s, %(how)s.")
    when = _("%(when)s, %(how)s, with %(name)s.")
    said = {row.person_id: row.wants for row in talk.answers.all()}
    return Beside(_key(talk), str(talk), text % params, when % params, said.get(person))
