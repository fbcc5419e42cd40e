"""Invite people, record their replies, and answer their questions."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.inviting import emails, queries, rules
from events.inviting.models import Invitation
from events.planning import rules as planning_rules
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event
from events.sessions import queries as session_queries
from people.directory.models import Person
from people.jobs import actions as job_actions
from people.jobs.models import Job
from people.messages.models import Notice
from people.messages.telling import tell_many, told_in_passing, withdraw
from wellbeing.lib.actions import action
from wellbeing.lib.names import name_key
from wellbeing.lib.texts import clean_line, clean_words
from wellbeing.lib.types import User

INVITATIONS = "invitations"
# Nobody changes their mind more often; whatever does is a script, and every change is kept in history.
CHANGES_A_DAY = 30


@action
def invite(*, event: Event, people: Iterable[Person], by: User) -> list[Invitation]:
    """Invite `people` to the event; a worker tells each in the way they chose. Return the new Invitations.

    People who were invited before are left out, so asking twice invites once. Raises EventError when the event has
    started or was cancelled, or someone is not of the programme on that day. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_invite(by, event).insist(EventError)
    ids = {person.pk for person in people}
    eligible = dict(queries.people_to_invite(event).filter(pk__in=ids).values_list("pk", "invited"))
    if len(eligible) < len(ids):
        strangers = ids - set(eligible) - set(event.invitations.values_list("person_id", flat=True))
        names = sorted((person.full_name for person in people if person.pk in strangers), key=name_key)
        if names:
            raise EventError(
                _("Not in the programme on the day of the event: %(names)s. Take them out and try again.")
                % {"names": ", ".join(names)}
            )
    new = [pk for pk, invited in eligible.items() if not invited]
    running = session_queries.running_sessions(event)
    Invitation.objects.bulk_create(
        [Invitation(event=event, person_id=pk, invited_by=by.person, facilitates=pk in running) for pk in new],
        ignore_conflicts=True,
        batch_size=500,
    )
    _start_sending(event, by)
    return list(event.invitations.filter(person__in=new).select_related("person"))


@action
def send_waiting(*, event: Event, by: User) -> Job | None:
    """Send the invitations that have no notice yet: a worker was stopped, or they are from before there were notices.

    Returns the Job, or None when none waits. Raises EventError when the event has started or was cancelled. Locks the
    event.
    """
    event = lock_event(event.pk)
    rules.can_invite(by, event).insist(EventError)
    return _start_sending(event, by)


@action
def reply(
    *,
    invitation: Invitation,
    reply: str,
    by: User | None,
    access_needs: str | None = None,
    question: str = "",
    joins: str | None = None,
    part_of_day: str | None = None,
    beside: Mapping[str, bool] | None = None,
    confirms: bool = True,
) -> Invitation:
    """Record the reply of an invited person. Return the Invitation.

    `joins` (an Invitation.Joins) and `part_of_day` say how they come, and for which part; None leaves them as they are.
    Of somebody who cannot come, neither stays. `access_needs` None and an empty `question` leave their earlier ones as
    they are. By link, new needs join the ones recorded already, as the person cannot see those; `by`, the colleague who
    takes the reply down for somebody, sees them and gives the whole text. That it was a colleague is kept, and the
    person is told. A reply that says nothing new changes nothing. At an event that is full "I will come" becomes a
    place on the waiting list (`registry.before_reply`). `beside` is what they said of what they are offered
    beside the event, by key. Who replied themselves is told what was noted, unless `confirms` is false, because
    something else tells them.

    Raises EventError once the event has started or was cancelled, when there is no more room for the addition, and
    after CHANGES_A_DAY changes within a day by link: links get forwarded, and each change is kept.
    Locks the event and the invitation.
    """
    event = lock_event(invitation.event_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.event = event
    if by is not None and by.person != invitation.person:
        planning_rules.can_manage_event(by, event).insist(EventError)
    rules.can_reply(event).insist(EventError)
    if reply not in Invitation.GIVEN:
        raise EventError(_("Choose whether you will come."), field="reply")
    before = _said(invitation)
    invitation.reply = reply
    invitation.reply_taken_by = by.person if by is not None and by.person != invitation.person else None
    invitation.replied_for_start, invitation.replied_for_end = None, None
    _say_needs(invitation, access_needs, by)
    _say_how_they_come(invitation, joins, part_of_day)
    _ask(invitation, clean_words(question).strip())
    is_new = registry.reply_that_fits(invitation, before[0], by)
    registry.beside_answered(invitation, beside or {}, by if invitation.reply_taken_by else None)
    if _said(invitation) == before and not is_new:
        return invitation
    if by is None:
        _must_have_changes_left(invitation)
    invitation.replied_at = timezone.now()
    invitation.save()
    for follow in registry.after_reply:
        follow(invitation, by)
    if invitation.reply_taken_by:
        _tell_of_reply(invitation, invitation.reply_taken_by)
    elif confirms:
        _confirm(invitation)
    return invitation


def _say_needs(invitation: Invitation, access_needs: str | None, by: User | None) -> None:
    if access_needs is None:
        return
    needs = clean_words(access_needs).strip()
    if by is None:
        needs = _joined(invitation, "access_needs", invitation.access_needs, needs)
    invitation.access_needs = needs


def _say_how_they_come(invitation: Invitation, joins: str | None, part_of_day: str | None) -> None:
    if invitation.reply == Invitation.Reply.NOT_COMING:
        invitation.joins, invitation.part_of_day = "", ""
        return
    if joins and joins not in Invitation.Joins:
        raise EventError(_("Choose whether you come in person or online."), field="joins")
    if not invitation.event.can_be_joined_both_ways:
        invitation.joins = ""
    elif joins is not None:
        invitation.joins = joins
    if part_of_day is not None:
        invitation.part_of_day = clean_line(part_of_day)


def _tell_of_reply(invitation: Invitation, taken_by: Person) -> None:
    """Tell the person what was written down for them. Somebody we ring has heard it: it was they who said it."""
    if invitation.notice:
        told_in_passing([invitation.notice], taken_by, _("On the phone, when they replied"))
    notice = tell_many([emails.reply_taken(invitation)])[0]
    told_in_passing([notice], taken_by, _("On the phone, when they replied"))


def _confirm(invitation: Invitation) -> None:
    """Tell the person what was noted of their own reply; a message about an earlier one that waits is taken back."""
    withdraw(list(Notice.objects.filter(key__startswith=emails.noted_key(invitation, ""))))
    wanted = [thing for thing in registry.beside_of(invitation) if thing.wanted]
    tell_many([emails.reply_noted(invitation, beside=wanted)])


@action
def answer(*, invitation: Invitation, answer: str, by: User) -> Notice:
    """Answer the question of an invited person, who is told in the way they chose. Return the Notice.

    Each question is answered once. Raises EventError when there is no question waiting for an answer. Locks the
    invitation.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    planning_rules.can_manage_event(by, invitation.event).insist(EventError)
    if not invitation.waits_for_answer:
        raise EventError(_("This question was answered before."))
    if not answer.strip():
        raise EventError(_("Write the answer."), field="answer")
    invitation.answer = answer.strip()
    invitation.answered_at = timezone.now()
    invitation.answered_by = by.person
    invitation.save()
    return tell_many([emails.answer(invitation)])[0]


def _said(invitation: Invitation) -> tuple[Any, ...]:
    """Return the fields of an invitation that a reply can change, with their values."""
    return (
        invitation.reply,
        invitation.reply_taken_by_id,
        invitation.replied_for_start,
        invitation.joins,
        invitation.part_of_day,
        invitation.access_needs,
        invitation.question,
    )


def _must_have_changes_left(invitation: Invitation) -> None:
    since = timezone.now() - dt.timedelta(days=1)
    history: Any = invitation.history  # type: ignore[attr-defined]  # pghistory adds it
    changes = history.filter(pgh_created_at__gte=since, pgh_label="update")
    if changes.count() >= CHANGES_A_DAY:
        raise EventError(
            _("This reply was changed many times today. To change it again, ask %(name)s, %(email)s.")
            % _whom_to_ask(invitation)
        )


def _whom_to_ask(invitation: Invitation) -> dict[str, str]:
    programme = invitation.event.programme
    return {"name": programme.contact_name, "email": programme.contact_email}


def _ask(invitation: Invitation, question: str) -> None:
    if not question or question == invitation.question:
        return
    if invitation.waits_for_answer:
        # Neither question may get lost; one answer can speak to both.
        invitation.question = _joined(invitation, "question", invitation.question, question)
        return
    invitation.question = question
    invitation.answer, invitation.answered_at, invitation.answered_by = "", None, None


def _joined(invitation: Invitation, field: str, before: str, more: str) -> str:
    """Join both texts, one under the other; once where the second says nothing new. Raises EventError without room."""
    if more in before:
        return before
    both = f"{before}\n\n{more}".strip()
    column: Any = Invitation._meta.get_field(field)
    if len(both) > column.max_length:
        raise EventError(
            _(
                "You have told us a lot before, and there is no room for all of this as well."
                " Make it shorter, or tell %(name)s, %(email)s."
            )
            % _whom_to_ask(invitation),
            field=field,
        )
    return both


def _start_sending(event: Event, by: User) -> Job | None:
    unsent = event.invitations.unsent().count()
    if not unsent:
        return None
    return job_actions.start(kind=INVITATIONS, subject_id=event.pk, by=by, total=unsent)


@action
def set_facilitators(*, event: Event, people: Iterable[Person], by: User) -> list[Invitation]:
    """Make exactly the invited `people` those who help to run the event. Return their Invitations.

    A programme may pay them differently from those who take part. Raises EventError when the event was cancelled or
    attendance has been recorded, or someone is not invited. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_set_facilitators(by, event).insist(EventError)
    ids = {person.pk for person in people}
    invited = list(event.invitations.select_related("person"))
    if ids - {invitation.person_id for invitation in invited}:
        raise EventError(_("Only somebody who is invited can help to run it. Invite them first."), field="people")
    for invitation in invited:
        helps = invitation.person_id in ids
        if invitation.facilitates != helps:
            for look in registry.before_helping_ends if not helps else ():
                look(invitation)
            invitation.facilitates = helps
            invitation.save(update_fields=["facilitates"])
    return [invitation for invitation in invited if invitation.facilitates]
