"""Say who may thank who came, answer, enter answers for others, note who spoke, and see results."""

from django.utils.translation import gettext as _

from events.access import queries as access_queries
from events.day.models import Attendance
from events.feedback.models import FeedbackAsked, FeedbackRound
from events.planning.models import Event
from events.planning.rules import can_manage_event, can_see_events_of
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def is_inside(user: User, event: Event) -> bool:
    """Does `user` see the feedback on `event`?

    Yes for staff, finance and the steering group of its programme, who helps to run it, and administrators.
    """
    return can_see_events_of(user, event.programme) or access_queries.helps_to_run(user, event)


def can_see(user: User, event: Event) -> Ruling:
    """May `user` open the page about what follows `event`? Yes for those inside, once it has started."""
    if not is_inside(user, event):
        return Ruling(_("Only those who run this event, finance and the steering group can see this."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so there is nothing to say about it."))
    if not event.has_started:
        return Ruling(_("You can open this once the event has started."))
    return YES


def can_thank(user: User, event: Event) -> Ruling:
    """May `user` thank who came and ask them for feedback? Yes for staff, until the last day to answer has gone."""
    allowed = can_manage_event(user, event)
    return can_be_thanked_for(event) if allowed else allowed


def can_be_thanked_for(event: Event) -> Ruling:
    """Can people be thanked for coming to `event` now?"""
    if event.status != Event.Status.HELD:
        return Ruling(_("Record who came first: only those who came are thanked."))
    round = FeedbackRound.objects.filter(event=event).first()
    if round is not None and (round.is_over or today() > round.closes_on):
        return Ruling(
            _("Feedback on this event closed on %(date)s, so nobody else is thanked and asked by message.")
            % {"date": long_date(round.closed_on or round.closes_on)}
        )
    return YES


def can_answer(round: FeedbackRound) -> Ruling:
    """May anybody who is asked answer now? Yes while it is open, until the end of its last day."""
    if round.is_open and today() <= round.closes_on:
        return YES
    return Ruling(
        _("The time to answer ended on %(date)s, so we can take no more answers.")
        % {"date": long_date(round.closed_on or round.closes_on)}
    )


def can_answer_now(asked: FeedbackAsked) -> Ruling:
    """May the person who is asked answer now? Not where it was put right that they did not come."""
    if not Attendance.objects.filter(event=asked.round.event_id, person=asked.person_id, came=True).exists():
        return Ruling(_("These questions are for people who came to the event."))
    return can_answer(asked.round)


def can_enter_for(user: User, asked: FeedbackAsked) -> Ruling:
    """May `user` enter answers that somebody gave by phone or on paper? Staff may, and not their own."""
    allowed = can_manage_event(user, asked.round.event)
    if not allowed:
        return allowed
    if asked.person_id == user.person.pk:
        return Ruling(_("Answer for yourself with your own link: it is on your home page."))
    if asked.answered_on is not None:
        return Ruling(_("The answers of this person are in already. Nobody can find them again to change them."))
    return can_answer_now(asked)


def can_close(user: User, round: FeedbackRound) -> Ruling:
    """May `user` close feedback, or give more time for it? Yes for staff, while it is open."""
    allowed = can_manage_event(user, round.event)
    if not allowed:
        return allowed
    return YES if round.is_open else Ruling(_("Feedback on this event is closed already."))


def can_see_results(user: User, round: FeedbackRound) -> Ruling:
    """May `user` see what was answered? Nobody while it is open: each answer could be told by what changes."""
    allowed = can_see(user, round.event)
    if not allowed:
        return allowed
    return YES if round.is_over else Ruling(_("The results can be seen once feedback is closed."))


def can_note_who_spoke(user: User, event: Event) -> Ruling:
    """May `user` note who spoke? Yes for staff and who helps to run the event, once it has started."""
    if not (can_manage_event(user, event) or access_queries.helps_to_run(user, event)):
        return Ruling(_("Only staff and those who help to run this event can note who spoke."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so nobody spoke at it."))
    if not event.has_started:
        return Ruling(_("You can note who spoke once the event has started."))
    return YES


def can_read_report(user: User, event: Event) -> Ruling:
    """May `user` read the report on `event`? Yes for staff, finance and the steering group, once it was held."""
    if not can_see_events_of(user, event.programme):
        return Ruling(_("Only programme staff, finance and the steering group can read this report."))
    if event.status != Event.Status.HELD:
        return Ruling(_("There is a report once staff have recorded who came."))
    return YES
