"""Remind people who were invited and have not replied, until the day before the event."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Min, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.inviting.emails import personal_link
from events.inviting.models import Invitation, InvitationQuerySet
from events.planning import rules as planning_rules
from events.planning.models import Event
from people.models import Message
from programmes.models import Programme
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import day_and_times, long_date
from wellbeing.lib.types import PersonId


def _silent(programme: Programme, rule: ReminderRule, on: dt.date) -> InvitationQuerySet:
    """Return invitations without a reply to events after the day `on`, each with `told_at`: when it went out first.

    One that still waits to be sent, posted or told is none of them.
    """
    went = Message.objects.filter(
        notice=OuterRef("notice"), status__in=[Message.Status.SENT, Message.Status.DELIVERED]
    ).order_by()
    day_after = timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min))
    return (
        Invitation.objects.wanting_a_reply()
        .annotate(told_at=Subquery(went.values("notice").annotate(first=Min("sent_at")).values("first")))
        .filter(
            told_at__isnull=False,
            event__programme=programme,
            event__status=Event.Status.PLANNED,
            event__starts_at__gte=day_after,
            event__reply_by__lte=rule.latest_due(on),
        )
    )


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    return _silent(programme, rule, on).values_list("person", flat=True)


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    rows = _silent(programme, rule, on).select_related("event", "person")
    if people is not None:
        rows = rows.filter(person__in=people)
    return [_to_remind(invitation, rule, on) for invitation in rows]


def _to_remind(invitation: Invitation, rule: ReminderRule, on: dt.date) -> ToRemind:
    event = invitation.event
    told_on = timezone.localdate(invitation.told_at)  # type: ignore[attr-defined]  # annotated by `_silent`
    # Somebody invited after the day for replies has until the event.
    due = event.reply_by if told_on < event.reply_by else event.day
    params = {"event": event.title, "when": day_and_times(event.starts_at, event.ends_at), "by": long_date(due)}
    ask = _("Please tell us by %(by)s.") if on <= due else _("We asked for replies by %(by)s. You can still tell us.")
    return ToRemind(
        person=invitation.person,
        subject=SUBJECT.key,
        thing=f"invitation:{invitation.pk}",
        due=due,
        occasions=rule.occasions(due, told_on),
        at_most=rule.at_most,
        title=_("Can you come to “%(event)s”?") % params,
        heading=_("Please tell us if you can come"),
        sentence=_sentence(invitation) % params,
        ask=f"{ask % params} {_('You do not need to sign in.')}",
        label=_("Tell us if you can come"),
        link=personal_link(invitation),
    )


def _sentence(invitation: Invitation) -> str:
    if invitation.is_asked_again:
        return _("“%(event)s” has a new time: %(when)s. We do not know yet whether you can come then.")
    return _("You are invited to “%(event)s”, %(when)s. We do not know yet whether you can come.")


def _answer(user, thing):
    """Return where staff take down the reply to the invitation `thing`, and its label; None for anybody else."""
    invitation = Invitation.objects.select_related("event__programme").filter(pk=thing.partition(":")[2]).first()
    if invitation is None or not planning_rules.can_manage_event(user, invitation.event):
        return None
    label = _("Write down their reply to “%(event)s”") % {"event": invitation.event}
    return reverse("invitation_reply_for", args=[invitation.pk]), label


SUBJECT = ReminderSubject(
    key="replies",
    title=gettext_lazy("Replies to invitations"),
    detail=gettext_lazy("People who were invited to an event and have not said whether they can come."),
    due=gettext_lazy("the day replies are wanted by"),
    order=20,
    people=_people,
    find=_find,
    after_too=True,
    answer=_answer,
    asks_for_a_part=True,
)
